import { useLingui } from "@lingui/react";
import type { TeamOut } from "@/api/gen";

type Named = Pick<TeamOut, "label_en" | "label_sr_latn" | "label_sr_cyrl">;

/** What a team is called in the language shown. */
export const useTeamLabel = () => {
  const { i18n } = useLingui();
  return (team: Named): string =>
    ({ en: team.label_en, "sr-Latn": team.label_sr_latn })[i18n.locale] ?? team.label_sr_cyrl;
};
