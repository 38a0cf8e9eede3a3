import { geoMercator, geoPath } from "d3-geo";
import type { FeatureCollection, MultiPolygon } from "geojson";
import { VisuallyHidden } from "@/ui";
import type { DistrictDatum } from "./DistrictMap";

export type DistrictShapes = FeatureCollection<MultiPolygon, Record<string, never>>;

interface Props {
  title: string;
  map: DistrictShapes;
  data: readonly DistrictDatum[];
  shade: (value: number) => number;
  said: (datum: DistrictDatum) => string;
}

const WIDTH = 480;
const HEIGHT = 680;
const WHOLE = 100;

/** The drawing itself; it grows and shrinks as a whole. */
export const Districts = ({ title, map, data, shade, said }: Props) => {
  const path = geoPath(geoMercator().fitSize([WIDTH, HEIGHT], map)).digits(1);
  const found = (code: unknown) => data.find((one) => one.code === code);
  const numbered = map.features.flatMap((one) => {
    const datum = found(one.id);
    return datum === undefined ? [] : [{ datum, at: path.centroid(one) }];
  });
  return (
    <div className="map-frame">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title} className="chart map">
        {map.features.map((one) => {
          const value = found(one.id)?.value ?? null;
          const colour = value === null ? "none" : shade(value);
          return <path key={String(one.id)} className={`district district-${colour}`} d={path(one) ?? ""} />;
        })}
      </svg>
      {numbered.map(({ datum, at: [x, y] }) => (
        <span
          key={datum.code}
          className="district-number"
          style={{ left: `${(WHOLE * x) / WIDTH}%`, top: `${(WHOLE * y) / HEIGHT}%` }}
        >
          <VisuallyHidden>{datum.name}: </VisuallyHidden>
          {said(datum)}
        </span>
      ))}
    </div>
  );
};
