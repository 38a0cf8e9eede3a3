import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut, ExclusionOut } from "@/api/gen";
import { exclusionsLiftMutation, exclusionsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisationName, usePersonName } from "@/reference";
import { Button, day, Group, ProblemNotice, Section, tell, Text, useSend } from "@/ui";
import { ActButton } from "../acts/ActButton";
import { readOnce } from "../data";
import { Lines } from "../Lines";
import { SealedWords } from "../SealedWords";

/** Who is shut out of the case. */
export const Exclusions = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const exclusions = useQuery({ ...exclusionsListOptions({ path: { case_id: one.id } }), ...readOnce });
  return (
    <Section title={t`Ко је искључен`} actions={<ActButton one={one} act="exclude" quiet />}>
      <Lines query={exclusions} none={t`Нико није искључен.`}>
        {(row) => <Line key={row.id} one={one} row={row} />}
      </Lines>
    </Section>
  );
};

const Line = ({ one, row }: { one: CaseOut; row: ExclusionOut }) => {
  const { t, i18n } = useLingui();
  const organisation = useOrganisationName();
  const person = usePersonName();
  const lift = useSend(exclusionsLiftMutation(), () => tell(t`Искључење је укинуто.`));
  const who = row.user === null ? organisation(row.organisation) : person(row.user);
  return (
    <li className="line">
      <Group justify="space-between">
        <div>
          <Text fw={500}>{who}</Text>
          <Text size="sm" c="dimmed">
            {row.lifted_at === null
              ? t`од ${day(row.recorded_at, i18n.locale)}`
              : t`укинуто ${day(row.lifted_at, i18n.locale)}`}
          </Text>
        </div>
        {row.lifted_at === null && (
          <Button
            variant="default"
            loading={lift.isPending}
            aria-label={t`Укини искључење: ${who}`}
            onClick={() => lift.mutate({ path: { id: row.id } })}
          >
            <Trans>Укини</Trans>
          </Button>
        )}
      </Group>
      {row.reason !== null && (
        <SealedWords one={one} field={row.reason.field} name={t`Разлог`} open={t`Отвори разлог`} of={who} />
      )}
      {lift.problem !== undefined && <ProblemNotice error={lift.problem} />}
    </li>
  );
};
