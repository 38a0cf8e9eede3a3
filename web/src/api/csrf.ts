/** The token against forged requests, as the cookie has it now: it is a new one after signing in. */
export const csrfToken = (): string =>
  document.cookie
    .split("; ")
    .find((one) => one.startsWith("__Host-csrf="))
    ?.slice("__Host-csrf=".length) ?? "";

export const unsafe = (method: string): boolean => !["GET", "HEAD"].includes(method);
