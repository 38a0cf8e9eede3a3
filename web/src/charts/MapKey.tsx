import { Trans, useLingui } from "@lingui/react/macro";
import type { ScaleQuantize } from "d3-scale";
import { written } from "./numbers";

interface Props {
  shade: ScaleQuantize<number>;
  shades: readonly number[];
  unit: string;
}

/** What the shades stand for. */
export const MapKey = ({ shade, shades, unit }: Props) => {
  const { i18n } = useLingui();
  const said = (value: number) => written(value, i18n.locale, unit);
  const last = shades.at(-1);
  return (
    <ul className="chart-key">
      {shades.map((one) => {
        const [from, to] = shade.invertExtent(one);
        return (
          <li key={one}>
            <svg className="map-key" aria-hidden>
              <rect className={`district-${one}`} width="100%" height="100%" />
            </svg>
            {said(Math.ceil(from))}–{said(one === last ? Math.ceil(to) : Math.ceil(to) - 1)}
          </li>
        );
      })}
      <li>
        <svg className="map-key" aria-hidden>
          <rect className="district-none" width="100%" height="100%" />
        </svg>
        <Trans>без броја</Trans>
      </li>
    </ul>
  );
};
