import * as z from "zod/mini";

export const PARTS = ["overview", "notes", "consents", "story", "sight"] as const;
export type Part = (typeof PARTS)[number];

/** Which part of the case is open stands in the address. */
export const caseSearch = z.object({ part: z.catch(z.optional(z.enum(PARTS)), undefined) });

export const asPart = (text: string | null): Part | undefined => PARTS.find((one) => one === text);
