import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** What of the review is shown, and which entries of the log were asked for: all in the address, to be sent on. */
export const auditSearch = z.object({
  view: z.catch(z.optional(z.enum(["queue", "mine", "log", "glass", "state"])), undefined),
  /** Whose queue, for whoever reviews both. */
  queue: z.catch(z.optional(z.enum(["municipal_lead", "data_protection_officer"])), undefined),
  team: text,
  actor: text,
  case: text,
  action: text,
  outcome: z.catch(z.optional(z.enum(["success", "denied", "failed"])), undefined),
  since: text,
  until: text,
});

export type AuditSearch = z.infer<typeof auditSearch>;
export type View = NonNullable<AuditSearch["view"]>;
export type Queue = NonNullable<AuditSearch["queue"]>;
export type LogSearch = Omit<AuditSearch, "view" | "queue">;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moments between which entries are asked for: whole days where one lives. Half a day is never asked for. */
export const asked = ({ since, until, ...rest }: LogSearch) => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== "")),
  ...(since !== undefined && DAY.test(since) ? { since: new Date(`${since}T00:00`).toISOString() } : {}),
  ...(until !== undefined && DAY.test(until) ? { until: new Date(`${until}T23:59:59.999`).toISOString() } : {}),
});
