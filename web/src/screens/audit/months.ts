/** A month such as `2026-11` (or a day in it), written out. */
export const monthName = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month.slice(0, 7)}-15T12:00:00Z`));
