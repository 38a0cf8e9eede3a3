import { Trans, useLingui } from "@lingui/react/macro";
import type { AuditEntryOut } from "@/api/gen";
import { useLabel, usePersonName, useTeamName } from "@/reference";
import { dayAndTime, Facts, Stack } from "@/ui";
import { EntryPlace } from "./EntryPlace";
import { OutcomeSign } from "./OutcomeSign";
import { useObjectKind, useVerb } from "./words";

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** What an entry of the log says, as far as there are words for it. */
export const EntryFacts = ({ entry }: { entry: AuditEntryOut }) => {
  const { t, i18n } = useLingui();
  const name = usePersonName();
  const team = useTeamName();
  const verb = useVerb();
  const kind = useObjectKind();
  const purpose = useLabel("reveal_purposes");
  const dataClass = useLabel("data_classes");
  const { purpose: why } = entry.facts;
  const classes = texts(entry.facts.classes).map((one) => dataClass(one));
  const shown = entry.objects.length;
  return (
    <Stack gap="sm">
      {!entry.genuine && (
        <p className="tampered" role="alert">
          <Trans>Овај унос је неко изменио мимо Споне. Одмах проверите дневник.</Trans>
        </p>
      )}
      <Facts
        of={[
          [t`Шта`, verb(entry.action)],
          [t`О чему`, entry.case_code ?? kind(entry.object_kind)],
          [t`Ко`, name(entry.actor_kind === "token" ? entry.acting_for : entry.actor)],
          [t`Програм`, entry.actor_kind === "token" && t`преко програма, у име особе`],
          [t`Када`, dayAndTime(entry.at, i18n.locale)],
          [t`Сврха`, typeof why === "string" && purpose(why)],
          [t`Врсте података`, classes.join(", ")],
          [t`Приказано у списку`, shown > 0 && String(shown)],
          [t`Исход`, <OutcomeSign key="outcome" outcome={entry.outcome} />],
          [t`Тим`, team(entry.team)],
          [t`Ознака захтева`, entry.request_id],
        ]}
      />
      {entry.genuine && <EntryPlace key={entry.id} entry={entry} />}
    </Stack>
  );
};
