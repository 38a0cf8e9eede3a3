import type { CaseRow } from "@/api/gen";

export interface CaseGroup {
  /** `late`, an urgency, or `closed`. */
  key: string;
  rows: CaseRow[];
}

const ORDER = ["late", "stat", "asap", "urgent", "routine", "closed"];

/** What should have been done by now: the decision on a proposal, or the look at whether help goes on well. */
export const isLate = (row: CaseRow, now: Date): boolean => {
  if (row.status === "closed") return false;
  if (row.status === "proposed") return row.triage_due_at !== null && new Date(row.triage_due_at) < now;
  return row.review_due !== null && row.review_due < now.toISOString().slice(0, 10);
};

const keyOf = (row: CaseRow, now: Date): string => {
  if (row.status === "closed") return "closed";
  return isLate(row, now) ? "late" : row.urgency;
};

/** The late ones first, then by urgency; within a group in the order of the service. */
export const grouped = (rows: readonly CaseRow[], now: Date): CaseGroup[] => {
  const found = new Map<string, CaseRow[]>();
  for (const row of rows) {
    const key = keyOf(row, now);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  const place = (key: string): number => ORDER.indexOf(key);
  return [...found].map(([key, of]) => ({ key, rows: of })).sort((one, other) => place(one.key) - place(other.key));
};
