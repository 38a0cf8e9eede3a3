import { useLingui } from "@lingui/react/macro";
import type { Changed, Field } from "@/history";
import { useEntries, useLabel, useOrganisationName, usePersonName } from "@/reference";
import { day } from "@/ui";

/** How the fields of a case are called in its history, and how their values read. */
export const useChangedField = (): ((changed: Changed) => Field | undefined) => {
  const { i18n, t } = useLingui();
  const organisation = useOrganisationName();
  const person = usePersonName();
  const status = useLabel("case_statuses");
  const urgency = useLabel("urgencies");
  const outcome = useLabel("triage_outcomes");
  const reason = useLabel("closure_reasons");
  const items = useEntries("tdi_fields");
  const on = (value: string): string => day(value, i18n.locale);
  const known: Record<string, Field> = {
    status: { name: t`стање`, show: status },
    urgency: { name: t`хитност`, show: urgency },
    holder: { name: t`води`, show: organisation },
    assigned_to: { name: t`додељен`, show: person },
    triage_outcome: { name: t`одлука`, show: outcome },
    triage_due_at: { name: t`одлука до`, show: on },
    review_due: { name: t`преглед до`, show: on },
    closure_reason: { name: t`зашто је затворен`, show: reason },
    needs: { name: t`потребе` },
    flags: { name: t`упозорења` },
  };
  return ({ field }) => {
    const item = items.find(({ code }) => code === field)?.labels[i18n.locale];
    return known[field] ?? (item === undefined ? undefined : { name: item });
  };
};
