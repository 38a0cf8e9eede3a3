import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { scaleQuantize } from "d3-scale";
import { DataTable, Skeletons } from "@/ui";
import { ChartFrame } from "./ChartFrame";
import { Districts } from "./Districts";
import { MapKey } from "./MapKey";
import { greatest, written } from "./numbers";
import "./charts.css";

export interface DistrictDatum {
  /** ISO 3166-2, such as RS-08. */
  code: string;
  name: string;
  /** Who is counted there, such as the towns. */
  of: string;
  value: number | null;
  instead?: string;
  /** Between what it lies, where that is short enough for the map. */
  mask?: string;
}

interface Props {
  title: string;
  summary: string;
  unit: string;
  data: readonly DistrictDatum[];
}

const MOST_SHADES = 5;

/** As many shades as there are whole numbers to tell apart, at the most five. */
const shadesUpTo = (top: number): number[] =>
  Array.from({ length: Math.min(MOST_SHADES, Math.max(1, Math.ceil(top))) }, (_, shade) => shade);

/** The districts of the country, shaded in five steps, with the number written in each that has one. */
export const DistrictMap = ({ title, summary, unit, data }: Props) => {
  const { t, i18n } = useLingui();
  const map = useQuery({
    queryKey: ["map of districts"],
    queryFn: async () => (await import("./map/load")).load(),
    staleTime: Infinity,
  });
  const top = greatest(data.map((one) => one.value));
  const shades = shadesUpTo(top);
  const shade = scaleQuantize([0, top], shades);
  const said = ({ value, instead }: DistrictDatum) =>
    value === null ? (instead ?? "") : written(value, i18n.locale, unit);
  /** Words do not fit into a district: the table has them. */
  const short = (datum: DistrictDatum) => (datum.value === null ? (datum.mask ?? "–") : said(datum));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={
        <DataTable
          caption={title}
          rows={data}
          rowKey={(one) => one.code}
          columns={[
            { name: t`Округ`, of: (one) => one.name },
            { name: t`Тимови`, of: (one) => one.of },
            { name: t`Број`, of: said, number: true },
          ]}
        />
      }
    >
      {map.data === undefined ? (
        <Skeletons lines={6} />
      ) : (
        <Districts title={title} map={map.data} data={data} shade={shade} said={short} />
      )}
      <MapKey shade={shade} shades={shades} unit={unit} />
      <p className="chart-note">
        <Trans>Границе: Natural Earth, јавно добро.</Trans>
      </p>
    </ChartFrame>
  );
};
