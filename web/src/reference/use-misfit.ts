import { useLingui } from "@lingui/react/macro";
import { type Misfit, misfitOf } from "./fitting";
import { useEntries, useLabel } from "./lists";

/** What of the chosen needs the chosen consent does not cover. */
export const useMisfit = (bundle: string, needs: readonly string[], more?: readonly string[]): Misfit | undefined =>
  misfitOf(bundle, needs, { bundles: useEntries("consent_bundles"), needs: useEntries("needs") }, more);

/** How to go on then. */
export const useMisfitText = (): ((misfit: Misfit | undefined) => string | undefined) => {
  const { t } = useLingui();
  const need = useLabel("needs");
  const bundle = useLabel("consent_bundles");
  return (misfit) => {
    if (misfit === undefined) return undefined;
    const names = misfit.needs.map((one) => need(one)).join(", ");
    const wider = bundle(misfit.wider);
    return misfit.wider === ""
      ? t`Ниједан од ових пристанака не обухвата: ${names}. Изоставите то овде.`
      : t`Изабрани пристанак не обухвата: ${names}. Питајте особу пристаје ли на „${wider}“, или то изоставите.`;
  };
};
