import type { ChangeOut } from "@/api/gen";

export type Changed = ChangeOut["fields"][number];

/** How a field is called, and how a value of it reads; without `show` it is only said that it changed. */
export interface Field {
  name: string;
  show?: (value: string) => string;
}

export interface Words {
  changed: (name: string) => string;
  empty: string;
}

const read = (value: string | string[] | null, show: (value: string) => string): string =>
  value === null || value === ""
    ? ""
    : [value]
        .flat()
        .map((one) => show(one))
        .join(", ");

/** One line for one field that changed: what it was and what it is. Nothing for a field that has no name here. */
export const lineOf = (changed: Changed, field: Field | undefined, words: Words): string => {
  if (field === undefined || field.name === "") return "";
  if ("changed" in changed || field.show === undefined) return words.changed(field.name);
  const [was, is] = [read(changed.was, field.show), read(changed.is, field.show)];
  if (was === "") return is === "" ? "" : `${field.name}: ${is}`;
  return `${field.name}: ${was} → ${is === "" ? words.empty : is}`;
};
