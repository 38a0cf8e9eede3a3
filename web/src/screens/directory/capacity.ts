import type { ServiceOut } from "@/api/gen";

/** After a week nobody should rely on a number of free places. */
const GROWS_OLD = 7 * 86_400_000;

export type Capacity = "free" | "full" | "old" | "unknown";

/** What the number of free places is worth now. */
export const capacityOf = (
  { capacity_free, capacity_confirmed_at }: Pick<ServiceOut, "capacity_free" | "capacity_confirmed_at">,
  now: number = Date.now(),
): Capacity => {
  if (capacity_free === null || capacity_confirmed_at === null) return "unknown";
  if (now - new Date(capacity_confirmed_at).getTime() > GROWS_OLD) return "old";
  return capacity_free > 0 ? "free" : "full";
};

const ORDER: readonly Capacity[] = ["free", "old", "unknown", "full"];

/** For sorting: who can take somebody now comes first, who is full last. */
export const byCapacity = (one: ServiceOut, other: ServiceOut): number =>
  ORDER.indexOf(capacityOf(one)) - ORDER.indexOf(capacityOf(other));
