import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { AuditEntryOut } from "@/api/gen";
import { usePersonName } from "@/reference";
import { dayAndTime, Group, Sheet, Text, UnstyledButton } from "@/ui";
import { EntryFacts } from "./EntryFacts";
import { OutcomeSign } from "./OutcomeSign";
import { useObjectKind, useVerb } from "./words";

/** Entries as lines; one opens over the page, and its case is named by its code alone: who reviews sees no case. */
export const LogRows = ({ rows }: { rows: readonly AuditEntryOut[] }) => {
  const { t } = useLingui();
  const [opened, setOpened] = useState<AuditEntryOut | null>(null);
  return (
    <>
      <ul className="plain-list">
        {rows.map((one) => (
          <li key={one.id}>
            <UnstyledButton className="row" w="100%" onClick={() => setOpened(one)}>
              <Line entry={one} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Sheet title={t`Унос у дневнику`} opened={opened !== null} onClose={() => setOpened(null)}>
        {opened !== null && <EntryFacts entry={opened} />}
      </Sheet>
    </>
  );
};

const Line = ({ entry }: { entry: AuditEntryOut }) => {
  const { i18n } = useLingui();
  const name = usePersonName();
  const verb = useVerb();
  const kind = useObjectKind();
  const who = name(entry.actor_kind === "token" ? entry.acting_for : entry.actor);
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text>
          {verb(entry.action)} <span className="code">{entry.case_code ?? kind(entry.object_kind)}</span>
        </Text>
        <Text size="sm" c="dimmed">
          {who !== "" && `${who}, `}
          {dayAndTime(entry.at, i18n.locale)}
        </Text>
        {!entry.genuine && (
          <span className="tampered">
            <Trans>Измењен мимо Споне</Trans>
          </span>
        )}
      </div>
      {entry.outcome !== "success" && <OutcomeSign outcome={entry.outcome} />}
    </Group>
  );
};
