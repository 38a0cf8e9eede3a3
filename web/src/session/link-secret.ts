import { useEffect, useState } from "react";

let taken = "";

/** The secret of a link stands behind `#`, so that no server and no log ever sees it. It is taken out of the address at
 * once, so that neither the history nor somebody who looks over a shoulder has it. */
const take = (): string => {
  if (location.hash.length > 1) {
    taken = location.hash.slice(1);
    history.replaceState(history.state, "", location.pathname);
  }
  return taken;
};

export const useSecret = (): string => {
  const [secret, setSecret] = useState(take);
  useEffect(() => {
    const another = () => setSecret(take());
    addEventListener("hashchange", another);
    return () => removeEventListener("hashchange", another);
  }, []);
  return secret;
};
