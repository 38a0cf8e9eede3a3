import type { EntryOut, ServiceOut } from "@/api/gen";
import { byCapacity } from "@/screens/directory/capacity";
import { matches } from "@/screens/directory/fold";
import { isTypical, meets } from "./form";

interface Wanted {
  need: EntryOut | undefined;
  text: string;
  entries: readonly EntryOut[];
  /** What a code is called: looked for beside the names. */
  label: (code: string) => string;
}

/** The services to choose from: those that are looked for, or those that meet the need; the likeliest first. */
export const choices = (services: readonly ServiceOut[], { need, text, entries, label }: Wanted): ServiceOut[] => {
  const attributes = (code: string) => entries.find((one) => one.code === code)?.attributes ?? {};
  const fits = (one: ServiceOut) =>
    text.trim() !== ""
      ? matches(text, label(one.code), one.name, one.organisation_name)
      : need === undefined || meets(one.code, need, attributes(one.code).group);
  const recent = ({ last_referred_at }: ServiceOut) => last_referred_at ?? "";
  const rank = (one: ServiceOut) => (isTypical(one.code, need) ? 0 : 1);
  return services
    .filter((one) => attributes(one.code).referable === "yes" && fits(one))
    .sort(
      (one, other) => recent(other).localeCompare(recent(one)) || rank(one) - rank(other) || byCapacity(one, other),
    );
};
