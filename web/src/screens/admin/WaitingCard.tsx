import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Problem } from "@/api";
import { usePersonName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, day, DueSign, Group, ProblemNotice, Stack, Text, Title } from "@/ui";

interface Props {
  title: string;
  /** In plain words, what confirming does. */
  does: string;
  askedBy: string | null;
  askedAt: string;
  until: string | null;
  /** The roles of which one may confirm; null where the service says it in another way. */
  roles: readonly string[] | null;
  problem: Problem | undefined;
  isSending: boolean;
  onConfirm: () => void;
  onDecline?: () => void;
}

/** One thing that waits: what it is, what happens, who asked, until when; and the two answers. */
export const WaitingCard = (props: Props) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const name = usePersonName();
  const [sure, setSure] = useState(false);
  const mine = props.askedBy === me.id;
  const asked = props.roles === null || me.seats.some(({ role }) => props.roles?.includes(role));
  const on = day(props.askedAt, i18n.locale);
  const who = mine ? t`Ви` : name(props.askedBy);
  const { title } = props;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {props.until !== null && <DueSign at={props.until} />}
      </Group>
      <Text>{props.does}</Text>
      <Text size="sm" c="dimmed">
        <Trans>
          Затражено: {on}, {who}
        </Trans>
      </Text>
      {props.problem !== undefined && <ProblemNotice error={props.problem} />}
      {mine && (
        <Text>
          <Trans>Ово сте тражили Ви, па потврђује неко други.</Trans>
        </Text>
      )}
      <Group gap="xs">
        {!mine && asked && (
          <Button size="md" loading={props.isSending} onClick={props.onConfirm} aria-label={t`Потврди: ${title}`}>
            <Trans>Потврди</Trans>
          </Button>
        )}
        {props.onDecline !== undefined && (mine || asked) && !sure && (
          <Button variant="default" size="md" onClick={() => setSure(true)}>
            {mine ? t`Повуци` : t`Одбиј`}
          </Button>
        )}
        {sure && (
          <>
            <Button color="red" variant="outline" size="md" loading={props.isSending} onClick={props.onDecline}>
              {mine ? t`Да, повуци` : t`Да, одбиј`}
            </Button>
            <Button variant="subtle" size="md" onClick={() => setSure(false)}>
              <Trans>Ипак не</Trans>
            </Button>
          </>
        )}
      </Group>
    </Stack>
  );
};
