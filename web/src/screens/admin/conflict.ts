import type { ConflictField } from "@/ui";

/** A form as texts: what two versions of it are compared by. */
export type Flat = Record<string, string>;

interface Shown {
  names: Record<string, string>;
  show: (key: string, value: string) => string;
}

/** The fields that somebody else has left otherwise than they stand here. */
export const differing = (mine: Flat, theirs: Flat, { names, show }: Shown): ConflictField[] =>
  Object.entries(names)
    .filter(([key]) => mine[key] !== theirs[key])
    .map(([key, name]) => ({
      key,
      name,
      mine: mine[key] ?? "",
      theirs: theirs[key] ?? "",
      show: (value: string) => show(key, value),
    }));
