const ZONE = "Europe/Belgrade";

/** `Intl` knows both scripts; months are written out, because 3.4. is read as April by some. */
const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { timeZone: ZONE, ...options });

/** A day such as `2026-11-22`, or the day of a moment. */
export const day = (value: string, locale: string): string =>
  format(locale, { day: "numeric", month: "long", year: "numeric" }).format(new Date(value));

export const dayAndTime = (value: string, locale: string): string =>
  format(locale, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(
    new Date(value),
  );

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How far a moment is from now, in the largest whole unit: "in 3 days", "2 hours ago". */
export const untilNow = (value: string, locale: string, now: number = Date.now()): string => {
  const away = new Date(value).getTime() - now;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? ["minute", 60_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(away / size), unit);
};

const DAY = 86_400_000;

/** A deadline: with the hour where it is near. */
export const until = (value: string, locale: string): string =>
  new Date(value).getTime() - Date.now() < 2 * DAY ? dayAndTime(value, locale) : day(value, locale);

/** A moment as the browser's own field writes it, in the time of the device; and back. */
export const toField = (moment: Date): string => {
  const here = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, 16);
};
export const fromField = (text: string): string => new Date(text).toISOString();
