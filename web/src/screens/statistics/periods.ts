import { useLingui } from "@lingui/react/macro";

const PARTS = /^(\d{4})(?:-([QH])(\d))?$/;

/** A period such as 2026-Q3, 2026-H2 or 2026, written out. */
export const usePeriod = () => {
  const { t } = useLingui();
  return (period: string): string => {
    const [, year, kind, number] = PARTS.exec(period) ?? [];
    if (year === undefined) return period;
    if (kind === "Q") return t`${number}. тромесечје ${year}.`;
    if (kind === "H") return t`${number}. полугодиште ${year}.`;
    return t`${year}. година`;
  };
};

const MONTHS = 3;

/** The quarter of a day, counted from the year 0, and the other way round. */
const indexOf = (at: Date): number => at.getFullYear() * 4 + Math.floor(at.getMonth() / MONTHS);
const named = (index: number): string => `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;

/** This quarter and those before it, the newest first. */
export const quartersUpTo = (now: Date, count: number): string[] =>
  Array.from({ length: count }, (_, back) => named(indexOf(now) - back));

/** Whether a quarter's last day is over. */
export const isOver = (quarter: string, now: Date): boolean => {
  const [, year, , number] = PARTS.exec(quarter) ?? [];
  return Number(year) * 4 + Number(number) - 1 < indexOf(now);
};

/** Periods that are over and may be asked for: quarters, halves and years for the Office, whole years for everybody. */
export const periodsToPrepare = (tier: string, now: Date): string[] => {
  const year = now.getFullYear();
  const years = [year - 1, year - 2].map(String);
  if (tier === "C") return years;
  const quarters = quartersUpTo(now, 9).slice(1);
  const halves = [...(now.getMonth() >= 6 ? [`${year}-H1`] : []), `${year - 1}-H2`, `${year - 1}-H1`];
  return [...quarters, ...halves, ...years];
};
