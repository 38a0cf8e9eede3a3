import { useLingui } from "@lingui/react/macro";
import type { TeamStatisticsOut } from "@/api/gen";
import { LineChart } from "@/charts/LineChart";
import { numberOf, PEOPLE, useMark } from "./marks";
import { usePeriod } from "./periods";

interface Props {
  figures: TeamStatisticsOut;
  organisation: string | null;
}

/** People over the quarters that are locked, and this one. */
export const Series = ({ figures, organisation }: Props) => {
  const { t } = useLingui();
  const mark = useMark();
  const period = usePeriod();
  const { quarter, series, numbers } = figures;
  const earlier = [...new Set(series.map((one) => one.quarter))].filter((one) => one < quarter).sort();
  if (earlier.length === 0) return null;
  const before = (name: string, at: string) =>
    series.find((one) => one.quarter === at && one.mark === name && one.organisation === organisation)?.n ?? null;
  const first = earlier[0] ?? quarter;
  return (
    <LineChart
      title={t`Особе кроз тромесечја`}
      summary={t`Од: ${period(first)} До: ${period(quarter)}`}
      of={t`Тромесечје`}
      points={[...earlier, quarter].map(period)}
      lines={PEOPLE.map((one) => ({
        key: one,
        name: mark(one),
        values: [...earlier.map((at) => before(one, at)), numberOf(numbers, one, organisation)],
      }))}
    />
  );
};
