import { useLingui } from "@lingui/react/macro";
import type { FigureOut } from "@/api/gen";
import { BarChart } from "@/charts/BarChart";
import { aboutOf, byColumn, byTown, columnOf, TOTAL } from "./figures";
import { useSaid } from "./use-said";
import { useRowName } from "./words";

/** One part of an indicator as bars: by town, and by what its columns are. */
export const FigureCharts = ({ figures }: { figures: readonly FigureOut[] }) => {
  const { t, i18n } = useLingui();
  const said = useSaid();
  const name = useRowName();
  const towns = byTown(figures);
  const columns = byColumn(figures);
  const total = figures.find((one) => one.row === TOTAL && one.column === "");
  const first = total ?? figures[0];
  const unit = first?.unit ?? "count";
  const all = total === undefined ? "" : said(total);
  const title = first === undefined ? "" : aboutOf(first, i18n.locale);
  const datum = (one: FigureOut, of: string) => ({
    key: `${one.row} ${one.column}`,
    name: of,
    value: one.value,
    instead: said(one),
  });
  return (
    <>
      {towns.length > 0 && (
        <BarChart
          title={title}
          summary={all === "" ? t`По тимовима.` : t`Сви тимови заједно: ${all}.`}
          of={t`Тим`}
          unit={unit}
          data={towns.map((one) => datum(one, name(one.row)))}
        />
      )}
      {columns.length > 0 && (
        <BarChart
          title={columns[0]?.labels[i18n.locale] ?? title}
          summary={t`Сви тимови заједно.`}
          of={t`Шта`}
          unit={unit}
          data={columns.map((one) => datum(one, columnOf(one, i18n.locale)))}
        />
      )}
    </>
  );
};
