import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** Whom the list of members shows; in the address, to be sent on. */
export const membersSearch = z.object({
  role: text,
  team: text,
  organisation: text,
  show: z.catch(z.optional(z.enum(["live", "all", "waiting"])), undefined),
});
export type MembersSearch = z.infer<typeof membersSearch>;

export const rightsSearch = z.object({ show: z.catch(z.optional(z.enum(["open", "answered"])), undefined) });

/** Which organisations of the directory are shown. */
export const directorySearch = z.object({ q: text });

/** Which memoranda or agreements are shown. */
export const agreementsSearch = z.object({
  kind: z.catch(z.optional(z.enum(["memoranda", "agreements"])), undefined),
  organisation: text,
  team: text,
  live: z.catch(z.optional(z.boolean()), undefined),
});
export type AgreementsSearch = z.infer<typeof agreementsSearch>;
