const DAY = 86_400_000;

/** The day so many days from now, as fields for dates want it. */
export const inDays = (days: number, now: number = Date.now()): string =>
  new Date(now + days * DAY).toISOString().slice(0, 10);
