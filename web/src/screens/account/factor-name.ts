import { useLingui } from "@lingui/react/macro";
import type { Factor } from "@/session/factors";

/** What a factor is called: keys have a name of their own. */
export const useFactorName = (): ((factor: Factor) => string) => {
  const { t } = useLingui();
  return ({ type, name }) => {
    if (type === "totp") return t`Апликација за потврду`;
    return name === "" ? t`Приступни кључ` : t`Приступни кључ „${name}“`;
  };
};
