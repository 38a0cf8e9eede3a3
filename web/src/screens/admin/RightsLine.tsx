import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { RequestOut } from "@/api/gen";
import { useTeamName } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, day, DueSign, Group, Sheet, Sign, Stack, Text } from "@/ui";
import { AnswerRights } from "./AnswerRights";
import { ExportRights } from "./ExportRights";
import { CaseLink } from "./CaseLink";
import { ProlongRights } from "./ProlongRights";
import { useAnswer, useChannel, useDelay, useRefusal, useRightsKind } from "./words";

/** A day such as a deadline lasts until its end. */
const endOf = (on: string): string => new Date(`${on}T23:59:59`).toISOString();

export const RightsLine = ({ request }: { request: RequestOut }) => {
  const { i18n } = useLingui();
  const me = useMe();
  const kind = useRightsKind()(request.kind);
  const channel = useChannel()(request.channel);
  const answer = useAnswer()(request.answer);
  const team = useTeamName()(request.team);
  const on = day(request.received_on, i18n.locale);
  const answered = request.answered_at !== null;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{kind}</Text>
        {answered ? (
          <Sign icon={IconCheck} tone="good">
            {answer}
          </Sign>
        ) : (
          <DueSign at={endOf(request.due_on)} />
        )}
      </Group>
      <Text size="sm" c="dimmed">
        <Trans>
          {team}. Примљено: {on}, {channel}
        </Trans>
      </Text>
      <CaseLink id={request.case} />
      <Reasons of={request} />
      {!answered && may(me, "rights_request.answer") && <Handle request={request} kind={kind} on={on} />}
    </Stack>
  );
};

const Reasons = ({ of }: { of: RequestOut }) => {
  const why = useRefusal()(of.answer_reason);
  const delay = useDelay()(of.prolong_reason);
  return (
    <>
      {of.prolong_reason !== "" && (
        <Text size="sm" c="dimmed">
          <Trans>Рок је продужен: {delay}</Trans>
        </Text>
      )}
      {of.answer_reason !== "" && (
        <Text size="sm" c="dimmed">
          <Trans>Разлог: {why}</Trans>
        </Text>
      )}
    </>
  );
};

const Handle = ({ request, kind, on }: { request: RequestOut; kind: string; on: string }) => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Group>
      <Button variant="default" size="md" aria-label={t`Обради захтев: ${kind}, ${on}`} onClick={() => setOpen(true)}>
        <Trans>Обради захтев</Trans>
      </Button>
      <Sheet title={kind} opened={isOpen} onClose={close}>
        <Stack gap="xl">
          {request.kind === "access" && <ExportRights request={request} />}
          <AnswerRights request={request} onDone={close} />
          {request.prolong_reason === "" && <ProlongRights request={request} onDone={close} />}
        </Stack>
      </Sheet>
    </Group>
  );
};
