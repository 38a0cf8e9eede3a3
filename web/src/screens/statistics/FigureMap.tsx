import { useLingui } from "@lingui/react/macro";
import type { FigureOut } from "@/api/gen";
import { DistrictMap } from "@/charts/DistrictMap";
import { useDistricts } from "./districts";
import { byTown, aboutOf } from "./figures";

/** The towns' numbers in their districts, where an indicator has a number for each town. */
export const FigureMap = ({ figures }: { figures: readonly FigureOut[] }) => {
  const { t, i18n } = useLingui();
  const first = figures[0];
  const towns = byTown(figures).filter((one) => one.part === first?.part);
  const data = useDistricts(towns);
  if (first === undefined || towns.every((one) => one.value === null)) return null;
  return (
    <DistrictMap
      title={t`На карти: ${aboutOf(first, i18n.locale)}`}
      summary={t`Бројеви су бројеви тимова; тим ради у свом граду, а не у целом округу.`}
      unit={first.unit}
      data={data}
    />
  );
};
