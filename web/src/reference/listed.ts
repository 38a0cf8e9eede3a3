import type { EntryOut } from "@/api/gen";

/** The codes that an attribute of an entry names. */
export const listed = (entry: EntryOut | undefined, attribute: string): string[] =>
  (entry?.attributes[attribute] ?? "").split(";").filter((word) => word !== "");
