import { useLingui } from "@lingui/react/macro";
import { scaleLinear } from "d3-scale";
import { type Datum, greatest, written } from "./numbers";

interface Props {
  unit: string;
  data: readonly Datum[];
}

/** Each name above its bar, the number behind it: words are words of the page, and break where they must. */
export const Bars = ({ unit, data }: Props) => {
  const { i18n } = useLingui();
  const x = scaleLinear([0, greatest(data.map((one) => one.value))], [0, 1]);
  return (
    <ul className="bars">
      {data.map(({ key, name, value, instead }) => (
        <li key={key}>
          <span>{name}</span>
          <span className="bar-line">
            {value !== null && value > 0 && (
              <svg className="bar" style={{ width: `calc((100% - 5rem) * ${x(value)})` }} aria-hidden>
                <rect className="chart-bar" width="100%" height="100%" rx={3} />
              </svg>
            )}
            <span className={value === null ? "chart-none" : "chart-number"}>
              {value === null ? instead : written(value, i18n.locale, unit)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
};
