import { useLingui } from "@lingui/react";
import type { FigureOut } from "@/api/gen";
import type { DistrictDatum } from "@/charts/DistrictMap";
import { useEntries } from "@/reference";
import { DISTRICTS } from "./district-names";
import { useSaid } from "./use-said";
import { useRowName } from "./words";

/** Counts of two towns of a district add up if both are shown; shares never do. */
const together = (figures: readonly FigureOut[]): number | null => {
  const [first, ...more] = figures;
  if (first === undefined) return null;
  if (more.length === 0) return first.value;
  if (figures.some((one) => one.unit !== "count" || one.value === null)) return null;
  return figures.reduce((sum, one) => sum + (one.value ?? 0), 0);
};

/** What the towns say, by the district in which they lie. */
export const useDistricts = (figures: readonly FigureOut[]): DistrictDatum[] => {
  const { i18n } = useLingui();
  const teams = useEntries("teams");
  const towns = useEntries("municipalities");
  const said = useSaid();
  const name = useRowName();
  const districtOf = (row: string): string => {
    const team = teams.find((one) => one.code === row || one.attributes.public_release_group === row);
    const town = towns.find((one) => one.code === team?.attributes.municipality_code);
    return town?.attributes.iso_3166_2 ?? "";
  };
  const codes = [...new Set(figures.map((one) => districtOf(one.row)))].filter((code) => code !== "");
  return codes.map((code) => {
    const own = figures.filter((one) => districtOf(one.row) === code);
    const district = DISTRICTS[code];
    return {
      code,
      name: district === undefined ? code : i18n._(district),
      of: own.map((one) => name(one.row)).join(", "),
      value: together(own),
      instead: own.map(said).join(" + "),
      ...(own.every((one) => one.state === "masked") && own[0] !== undefined ? { mask: said(own[0]) } : {}),
    };
  });
};
