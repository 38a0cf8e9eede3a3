const ELSEWHERE = ["/api", "/static", "/health", "/openapi.yaml", "/transparency", "/sign-in"];

/** Where to go after signing in: an address of this app and nothing else, whatever the link said. */
export const safeNext = (next: string | undefined): string => {
  if (next === undefined || !next.startsWith("/")) return "/";
  const address = URL.parse(next, location.origin);
  if (address === null || address.origin !== location.origin || next.startsWith("//")) return "/";
  const outside = ELSEWHERE.some((one) => address.pathname === one || address.pathname.startsWith(`${one}/`));
  return outside ? "/" : address.pathname + address.search + address.hash;
};
