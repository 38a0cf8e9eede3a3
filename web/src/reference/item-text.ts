import { useLabel, useEntries } from "./lists";

/** How the value of a coded item reads. Wants `tdi_fields`, `tdi_items` and `substances`. */
export const useItemText = (): ((item: string, value: unknown) => string) => {
  const fields = useEntries("tdi_fields");
  const coded = useLabel("tdi_items");
  const substance = useLabel("substances");
  return (item, value) => {
    const list = fields.find(({ code }) => code === item)?.attributes["code_list"] ?? "";
    const one = (code: string): string => {
      if (list === "substances") return substance(code);
      return list === "" ? code : coded(code, item);
    };
    return Array.isArray(value) ? value.map((code) => one(String(code))).join(", ") : one(String(value));
  };
};
