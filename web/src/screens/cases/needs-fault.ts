import { useLingui } from "@lingui/react/macro";
import { type Control, useWatch } from "react-hook-form";
import { useLabel, useMisfit, useMisfitText } from "@/reference";
import type { NewCaseForm } from "./new-case";

/** Agreed to beside a bundle, by saying so. */
const VIOLENCE = ["violence"];

/** Why the service would refuse to take the chosen needs down, and how to go on: said beside the field. */
export const useNeedsFault = (control: Control<NewCaseForm>): string | undefined => {
  const { t } = useLingui();
  const [bundle, needs, violence] = useWatch({ control, name: ["bundle", "needs", "violence"] });
  const need = useLabel("needs");
  const textOf = useMisfitText();
  const saidSo = useMisfit(bundle, needs, VIOLENCE);
  const unsaid = useMisfit(bundle, needs);
  if (violence) return textOf(saidSo);
  const toSay = unsaid?.needs.filter((code) => unsaid.wider === "" && !saidSo?.needs.includes(code)) ?? [];
  const names = toSay.map((code) => need(code)).join(", ");
  if (toSay.length > 0)
    return t`Само ако особа то изричито каже: ${names}. Питајте је и означите то доле, или то изоставите.`;
  return textOf(unsaid);
};
