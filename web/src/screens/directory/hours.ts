import type { ScheduleField } from "@/api/gen";

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

interface Clock {
  day: string;
  time: string;
}

/** The day of the week and the time of day where the services are, wherever the browser is. */
export const clockIn = (now: Date): Clock => {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Belgrade",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: part("weekday").slice(0, 2).toUpperCase(), time: `${part("hour")}:${part("minute")}` };
};

/** Until when it is open at this moment, such as `15:30`; undefined when it is not. */
export const openUntil = (schedule: readonly ScheduleField[], now: Date): string | undefined => {
  const { day, time } = clockIn(now);
  return schedule.find((one) => one.byday.split(",").includes(day) && one.opens_at <= time && time < one.closes_at)
    ?.closes_at;
};

/** When it opens later today; undefined when it does not. */
export const opensAt = (schedule: readonly ScheduleField[], now: Date): string | undefined => {
  const { day, time } = clockIn(now);
  return schedule
    .filter((one) => one.byday.split(",").includes(day) && one.opens_at > time)
    .map((one) => one.opens_at)
    .sort()[0];
};

/** A day of the week by its code, as it is called: `MO` is понедељак. */
export const dayName = (code: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { weekday: "long", timeZone: "UTC" }).format(
    // The fourth of January 2026 was a Sunday.
    new Date(Date.UTC(2026, 0, 4 + DAYS.indexOf(code))),
  );
