import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import { ifMatch } from "@/api";
import type { InboxLine, ReferralRow } from "@/api/gen";
import { referralsAcceptMutation } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, Group, ProblemNotice, tell, Text, until, useSend } from "@/ui";
import { ToReferral } from "./ToReferral";

interface Props {
  line: InboxLine;
  row: ReferralRow | undefined;
  pending: boolean;
  decline: () => void;
}

/** A request is accepted in one tap or declined in two; a question is answered at the referral. */
export const AnswerButtons = (props: Props) => {
  const { t } = useLingui();
  const { line, row, pending } = props;
  const answers = may(useMe(), "referral.answer");
  if (line.status === "requested" && answers && (pending || row !== undefined)) return <RequestButtons {...props} />;
  return <ToReferral line={line} act="reply" name={t`Одговори`} />;
};

const RequestButtons = ({ line, row, decline }: Props) => {
  const { t, i18n } = useLingui();
  const whose = line.spoken_name || line.code;
  const accept = useSend(referralsAcceptMutation(), ({ due_at }) => {
    const last = due_at === null ? "" : until(due_at, i18n.locale);
    tell(t`Прихваћено: ${whose}. Први контакт до ${last}`);
  });
  const send = () => row !== undefined && accept.mutate({ path: { id: line.id }, body: {}, headers: ifMatch(row) });
  return (
    <>
      <Group gap="xs">
        <Button
          size="md"
          leftSection={<IconCheck size={20} aria-hidden />}
          aria-label={t`Прихвати: ${whose}`}
          loading={accept.isPending}
          disabled={row === undefined}
          onClick={send}
        >
          <Trans>Прихвати</Trans>
        </Button>
        <Button
          size="md"
          variant="default"
          aria-label={t`Одбиј: ${whose}`}
          disabled={accept.isPending || row === undefined}
          onClick={decline}
        >
          <Trans>Одбиј</Trans>
        </Button>
      </Group>
      <Preset line={line} />
      {accept.problem !== undefined && <ProblemNotice error={accept.problem} />}
    </>
  );
};

const Preset = ({ line }: { line: InboxLine }) => {
  const { i18n } = useLingui();
  if (line.due_at === null || new Date(line.due_at) < new Date()) return null;
  const last = until(line.due_at, i18n.locale);
  return (
    <Text size="sm" c="dimmed">
      <Trans>Први контакт до {last}</Trans>
    </Text>
  );
};
