import { useLingui } from "@lingui/react/macro";
import type { ChangeOut } from "@/api/gen";
import { useEntries, useLabel, useOrganisationName, usePersonName } from "@/reference";
import { day } from "@/ui";

type Changed = ChangeOut["fields"][number];

const said = (value: string | string[] | null, show: (code: string) => string): string =>
  value === null || value === ""
    ? ""
    : [value]
        .flat()
        .map((code) => show(code))
        .join(", ");

/** One line for one field that changed: what it was and what it is, or only that it changed. */
export const useChangeText = (): ((field: Changed) => string) => {
  const { i18n, t } = useLingui();
  const organisation = useOrganisationName();
  const person = usePersonName();
  const status = useLabel("case_statuses");
  const urgency = useLabel("urgencies");
  const outcome = useLabel("triage_outcomes");
  const reason = useLabel("closure_reasons");
  const items = useEntries("tdi_fields");
  const on = (value: string): string => day(value, i18n.locale);
  const known: Record<string, readonly [string, (value: string) => string]> = {
    status: [t`стање`, status],
    urgency: [t`хитност`, urgency],
    holder: [t`води`, organisation],
    assigned_to: [t`додељен`, person],
    triage_outcome: [t`одлука`, outcome],
    triage_due_at: [t`одлука до`, on],
    review_due: [t`преглед до`, on],
    closure_reason: [t`зашто је затворен`, reason],
  };
  const sealed: Record<string, string> = { needs: t`потребе`, flags: t`упозорења` };
  const nameOf = (field: string): string =>
    sealed[field] ?? items.find(({ code }) => code === field)?.labels[i18n.locale] ?? "";
  return (changed) => {
    const found = known[changed.field];
    if ("changed" in changed) {
      const name = found?.[0] ?? nameOf(changed.field);
      return name === "" ? "" : t`Измењено: ${name}`;
    }
    if (found === undefined) return "";
    const [name, show] = found;
    const [was, is] = [said(changed.was, show), said(changed.is, show)];
    if (was === "") return is === "" ? "" : `${name}: ${is}`;
    return `${name}: ${was} → ${is === "" ? t`празно` : is}`;
  };
};
