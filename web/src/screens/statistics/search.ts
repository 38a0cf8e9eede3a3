import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** Whose quarter is shown. */
export const teamSearch = z.object({ team: text, quarter: text });
/** Which indicator of a release is shown. */
export const releaseSearch = z.object({ indicator: text });
/** Of which month the tallies are shown. */
export const talliesSearch = z.object({ month: text });
