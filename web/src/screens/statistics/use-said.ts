import { useLingui } from "@lingui/react/macro";
import type { FigureOut } from "@/api/gen";
import { written } from "@/charts/numbers";

/** What is written for a figure: its number, its mask, or that it is not shown. */
export const useSaid = () => {
  const { t, i18n } = useLingui();
  return ({ state, value, mask, unit }: Pick<FigureOut, "state" | "value" | "mask" | "unit">): string => {
    if (value !== null) return written(value, i18n.locale, unit);
    if (state === "masked") return mask.replace("-", "–");
    if (state === "not_measured") return t`не мери се`;
    if (state === "absent") return t`нема у издању`;
    return t`није приказано`;
  };
};
