import { useLingui } from "@lingui/react/macro";
import { DataTable } from "@/ui";
import { ChartFrame } from "./ChartFrame";
import { Bars } from "./Bars";
import { type Datum, written } from "./numbers";
import "./charts.css";

interface Props {
  title: string;
  summary: string;
  /** What one line is: the head of the first column of the table. */
  of: string;
  unit?: string;
  data: readonly Datum[];
}

/** Bars lying down: the name above, the number behind, so that it can be read on a phone. */
export const BarChart = ({ title, summary, of, unit = "count", data }: Props) => {
  const { t } = useLingui();
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={
        <DataTable
          caption={title}
          rows={data}
          rowKey={(one) => one.key}
          columns={[
            { name: of, of: (one) => one.name },
            { name: t`Број`, of: (one) => <Said datum={one} unit={unit} />, number: true },
          ]}
        />
      }
    >
      <Bars unit={unit} data={data} />
    </ChartFrame>
  );
};

const Said = ({ datum, unit }: { datum: Datum; unit: string }) => {
  const { i18n } = useLingui();
  return datum.value === null ? datum.instead : written(datum.value, i18n.locale, unit);
};
