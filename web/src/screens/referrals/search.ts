import * as z from "zod/mini";

const SIDES = ["sent", "received"] as const;
const STATUSES = [
  "draft", "requested", "accepted", "in-progress", "on-hold", "completed", "rejected", "failed", "cancelled", "any",
] as const; // prettier-ignore
const URGENCIES = ["routine", "urgent", "asap", "stat"] as const;

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.catch(z.optional(z.enum(values)), undefined);

/** What stands in the address of the list: without any of it, all that is open, from both sides. */
export const referralsSearch = z.object({
  side: oneOf(SIDES),
  status: oneOf(STATUSES),
  urgency: oneOf(URGENCIES),
  late: z.catch(z.optional(z.boolean()), undefined),
});

export type ReferralsSearch = z.infer<typeof referralsSearch>;

export const asSide = (text: string | null) => SIDES.find((one) => one === text);
export const asStatus = (text: string | null) => STATUSES.find((one) => one === text);
export const asUrgency = (text: string | null) => URGENCIES.find((one) => one === text);
export const isStatus = (code: string): boolean => asStatus(code) !== undefined;
