import { useRef } from "react";

/** Not an interface: the generated types take any record of headers. */
type Once = Record<"Idempotency-Key", string>;

/** The header by which sending a form again, after a broken line, does it once; what was changed since is another act. */
export const useOnce = (): ((body: unknown) => Once) => {
  const tried = useRef({ key: crypto.randomUUID(), body: "" });
  return (body) => {
    const text = JSON.stringify(body);
    if (tried.current.body !== "" && tried.current.body !== text) tried.current.key = crypto.randomUUID();
    tried.current.body = text;
    return { "Idempotency-Key": tried.current.key };
  };
};
