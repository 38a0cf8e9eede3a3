import { useLingui } from "@lingui/react/macro";
import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { DataTable } from "@/ui";
import { ChartFrame } from "./ChartFrame";
import { LineKey } from "./LineKey";
import { Mark } from "./Mark";
import { greatest, steps, written } from "./numbers";
import { useWidth } from "./use-width";
import "./charts.css";

export interface Line {
  key: string;
  name: string;
  /** A number for each point, null where there is none. */
  values: readonly (number | null)[];
}

interface Props {
  title: string;
  summary: string;
  /** What a point is: the head of the first column of the table. */
  of: string;
  points: readonly string[];
  lines: readonly Line[];
}

const HEIGHT = 220;
const EDGE = { top: 12, right: 16, bottom: 4 };
/** Room for the numbers of the axis, beside the drawing: words are words of the page, and nothing lies under them. */
const AXIS = 44;

/** Lines over time, told apart by dashes and marks as well as by colour. */
export const LineChart = ({ title, summary, of, points, lines }: Props) => {
  const { i18n } = useLingui();
  const said = (value: number | null | undefined) => (value == null ? "" : written(value, i18n.locale, "count"));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={
        <DataTable
          caption={title}
          rows={points.map((name, index) => ({ name, index }))}
          rowKey={(one) => one.name}
          columns={[
            { name: of, of: (one) => one.name },
            ...lines.map(({ name, values }) => ({
              name,
              of: (one: { index: number }) => said(values[one.index]),
              number: true,
            })),
          ]}
        />
      }
    >
      <Drawing title={title} points={points} lines={lines} />
      <LineKey names={lines.map((one) => one.name)} />
    </ChartFrame>
  );
};

const Drawing = ({ title, points, lines }: Pick<Props, "title" | "points" | "lines">) => {
  const { ref, width: whole } = useWidth();
  const width = whole - AXIS;
  const top = greatest(lines.flatMap((one) => one.values));
  const ticks = steps(top);
  const y = scaleLinear([0, ticks.at(-1) ?? top], [HEIGHT - EDGE.bottom, EDGE.top]);
  const x = scalePoint(points, [0, width - EDGE.right]).padding(0.5);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => x(points[index] ?? "") ?? 0)
    .y((value) => y(value ?? 0));
  const every = Math.ceil(points.length / Math.max(1, Math.floor(width / 90)));
  return (
    <div ref={ref} className="line-frame">
      <svg width={width} height={HEIGHT} role="img" aria-label={title} className="chart" style={{ marginLeft: AXIS }}>
        {ticks.map((one) => (
          <line key={one} className="chart-rule" x1={0} x2={width - EDGE.right} y1={y(one)} y2={y(one)} />
        ))}
        {lines.map((one, nth) => (
          <g key={one.key} className={`chart-line-${nth % 4}`}>
            <path className="chart-line" d={path(one.values) ?? ""} />
            {one.values.map((value, index) =>
              value === null ? null : (
                <Mark key={points[index]} nth={nth} x={x(points[index] ?? "") ?? 0} y={y(value)} />
              ),
            )}
          </g>
        ))}
      </svg>
      {ticks.map((one) => (
        <span key={one} aria-hidden className="axis-name upright" style={{ left: AXIS - 8, top: y(one) }}>
          {one}
        </span>
      ))}
      {points.map((one, index) =>
        index % every === 0 ? (
          <span key={one} aria-hidden className="axis-name" style={{ left: AXIS + (x(one) ?? 0), top: HEIGHT + 12 }}>
            {one}
          </span>
        ) : null,
      )}
    </div>
  );
};
