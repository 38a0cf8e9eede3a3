import type { ReferralRow } from "@/api/gen";

export interface ReferralGroup {
  /** `late`, an urgency, `draft` or `ended`. */
  key: string;
  rows: ReferralRow[];
}

const ORDER = ["late", "stat", "asap", "urgent", "routine", "draft", "ended"];
const RUNNING = ["requested", "accepted", "in-progress", "on-hold"];

const keyOf = ({ status, overdue, urgency }: ReferralRow): string => {
  if (status === "draft") return "draft";
  // A stub says no urgency: of what is over for the reader only the ending matters.
  if (!RUNNING.includes(status) || urgency === "") return "ended";
  return overdue ? "late" : urgency;
};

/** The late ones first, then by urgency; within a group what the own organisations send or receive stands before what
 * one only follows, and else in the order of the service. */
export const grouped = (rows: readonly ReferralRow[], own: ReadonlySet<string>): ReferralGroup[] => {
  const found = new Map<string, ReferralRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  const isOwn = ({ requester, recipient, side }: ReferralRow): boolean =>
    side === "received" || own.has(requester ?? "") || own.has(recipient ?? "");
  const rank = (row: ReferralRow): number => (isOwn(row) ? 0 : 1);
  const place = (key: string): number => ORDER.indexOf(key);
  return [...found]
    .map(([key, of]) => ({ key, rows: of.toSorted((one, other) => rank(one) - rank(other)) }))
    .sort((one, other) => place(one.key) - place(other.key));
};
