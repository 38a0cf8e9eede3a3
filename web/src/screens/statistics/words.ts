import { useLingui } from "@lingui/react/macro";
import { useEntries } from "@/reference";

/** For whom a release is. */
export const useTier = () => {
  const { t } = useLingui();
  return (tier: string): string => (tier === "C" ? t`за јавност` : t`за Канцеларију`);
};

/** What a row of a release is called: a town, towns that are shown together, or all of them. */
export const useRowName = () => {
  const { t, i18n } = useLingui();
  const teams = useEntries("teams");
  const short = i18n.locale === "sr-Cyrl" ? "short_sr_cyrl" : "short_sr_latn";
  return (row: string): string => {
    if (row === "total") return t`Сви тимови`;
    const own = teams.filter((one) => one.code === row || one.attributes.public_release_group === row);
    const found = own.find((one) => one.code === row);
    return found?.attributes[short] ?? own.map((one) => one.attributes[short]).join(", ");
  };
};
