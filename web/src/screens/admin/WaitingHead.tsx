import { Trans, useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api";
import { usePersonName } from "@/reference";
import { useMe } from "@/session/me";
import { day, DueSign, Group, ProblemNotice, Text, Title } from "@/ui";

export interface Waits {
  title: string;
  /** In plain words, what confirming does. */
  does: string;
  askedBy: string | null;
  askedAt: string;
  until: string | null;
  problem: Problem | undefined;
}

/** What waits: what it is, what happens, who asked, until when. */
export const WaitingHead = ({ title, does, askedBy, askedAt, until, problem }: Waits) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const name = usePersonName();
  const mine = askedBy === me.id;
  const on = day(askedAt, i18n.locale);
  const who = mine ? t`Ви` : name(askedBy);
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {until !== null && <DueSign at={until} />}
      </Group>
      <Text>{does}</Text>
      <Text size="sm" c="dimmed">
        <Trans>
          Затражено: {on}, {who}
        </Trans>
      </Text>
      {problem !== undefined && <ProblemNotice error={problem} />}
      {mine && (
        <Text>
          <Trans>Ово сте тражили Ви, па потврђује неко други.</Trans>
        </Text>
      )}
    </>
  );
};
