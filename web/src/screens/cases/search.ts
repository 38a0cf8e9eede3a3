import * as z from "zod/mini";

const WHOSE = ["mine", "organisation", "all"] as const;
const STATUSES = ["proposed", "active", "on_hold", "closed", "any"] as const;
const URGENCIES = ["routine", "urgent", "asap", "stat"] as const;

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.catch(z.optional(z.enum(values)), undefined);

/** What stands in the address of the list: without any of it, my own cases that are not closed. */
export const casesSearch = z.object({
  whose: oneOf(WHOSE),
  status: oneOf(STATUSES),
  urgency: oneOf(URGENCIES),
  holder: z.catch(z.optional(z.uuid()), undefined),
  q: z.catch(z.optional(z.string().check(z.maxLength(48))), undefined),
});

export type CasesSearch = z.infer<typeof casesSearch>;
export type Whose = (typeof WHOSE)[number];

export const isWhose = (text: string): text is Whose => WHOSE.some((one) => one === text);
export const asStatus = (text: string | null) => STATUSES.find((one) => one === text);
export const asUrgency = (text: string | null) => URGENCIES.find((one) => one === text);
