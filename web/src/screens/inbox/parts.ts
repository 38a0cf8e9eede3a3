import type { InboxLine, InboxOut } from "@/api/gen";

const idsOf = (lines: readonly InboxLine[]): string[] => lines.map((one) => one.id);

/** The inbox as it is shown: who is late *and* has to be answered stands in one place only, and a case once, with the
 * consent that ends first. */
export const partsOf = (inbox: InboxOut): InboxOut => {
  const first = new Set(idsOf(inbox.to_answer));
  const cases = new Map(inbox.expiring_consent.toReversed().map((one) => [one.code, one]));
  return {
    ...inbox,
    overdue: inbox.overdue.filter((one) => !first.has(one.id)),
    expiring_consent: inbox.expiring_consent.filter((one) => cases.get(one.code) === one),
  };
};

/** How many referrals wait for somebody; consents that end soon are a reminder, not a debt. */
export const waiting = (inbox: InboxOut): number =>
  new Set([...idsOf(inbox.to_answer), ...idsOf(inbox.overdue), ...idsOf(inbox.answered_not_acknowledged)]).size;

export const nothingWaits = (inbox: InboxOut): boolean => waiting(inbox) === 0 && inbox.expiring_consent.length === 0;
