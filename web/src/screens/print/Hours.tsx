import { useLingui } from "@lingui/react/macro";
import type { ServiceOut } from "@/api/gen";

const WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1, 12);

const useDays = (): ((byday: string) => string) => {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(i18n.locale === "en" ? "en-GB" : i18n.locale, { weekday: "short" });
  const name = (code: string) => format.format(new Date(MONDAY + WEEK.indexOf(code) * 86_400_000));
  return (byday) => {
    const places = byday.split(",").map((code) => WEEK.indexOf(code));
    const inARow = places.length > 2 && places.every((place, at) => at === 0 || place === (places[at - 1] ?? 0) + 1);
    const named = byday.split(",").map(name);
    return inARow ? `${named[0] ?? ""}–${named.at(-1) ?? ""}` : named.join(", ");
  };
};

/** When somebody is there. */
export const Hours = ({ schedule }: { schedule: ServiceOut["schedule"] }) => {
  const days = useDays();
  return schedule.map((one) => (
    <p key={`${one.byday} ${one.opens_at}`}>
      {days(one.byday)} {one.opens_at.slice(0, 5)}–{one.closes_at.slice(0, 5)}
    </p>
  ));
};
