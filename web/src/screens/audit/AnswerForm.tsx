import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import { ifMatch, type Problem } from "@/api";
import type { ReviewRow } from "@/api/gen";
import { reviewsAnswerMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { GuardedText, NOTHING_WRITTEN } from "@/guard";
import { may, useMe } from "@/session/me";
import { Button, dayAndTime, FaultSummary, ProblemNotice, Sign, Stack, tell, Text, TextLink, useSend } from "@/ui";
import { useVerb } from "./words";

/** A question about one's own act: what it was, when, and the one answer. */
export const AnswerForm = ({ item }: { item: ReviewRow }) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const verb = useVerb();
  return (
    <Stack gap="sm">
      <Text>
        <strong>{verb(item.action)}</strong>, {dayAndTime(item.at, i18n.locale)}
      </Text>
      {item.case !== null && may(me, "case.view_coded") && (
        <TextLink to="/cases/$id" params={{ id: item.case }} preload={false}>
          <Trans>О ком случају је реч</Trans>
        </TextLink>
      )}
      {item.answered_at === null ? (
        <Write item={item} />
      ) : (
        <Sign icon={IconCheck} tone="good">{t`Одговорено ${dayAndTime(item.answered_at, i18n.locale)}`}</Sign>
      )}
    </Stack>
  );
};

/** The draft of the one answer, and sending it. */
const useAnswer = (item: ReviewRow) => {
  const { t } = useLingui();
  const draft = useDraft(`answer ${item.id}`, NOTHING_WRITTEN);
  const { text, namesChecked } = draft.value;
  const send = useSend(reviewsAnswerMutation(), () => {
    draft.discard();
    tell(t`Одговор је послат.`);
  });
  const submit = () =>
    send.mutate({
      path: { id: item.id },
      headers: ifMatch(item),
      body: { text: text.trim(), ...(namesChecked ? { names_checked: true } : {}) },
    });
  return { draft, send, submit };
};

const Write = ({ item }: { item: ReviewRow }) => {
  const { t } = useLingui();
  const { draft, send, submit } = useAnswer(item);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm" align="stretch">
        {send.problem !== undefined && <Against problem={send.problem} />}
        <GuardedText
          label={t`О чему се радило?`}
          value={draft.value}
          onChange={draft.set}
          maxLength={1000}
          required
          withAsterisk={false}
        />
        <Text size="sm" c="dimmed">
          <Trans>Одговара се једном. Текст виде само они који прегледају увиде.</Trans>
        </Text>
        <Button
          type="submit"
          size="md"
          loading={send.isPending}
          disabled={draft.value.text.trim() === ""}
          style={{ alignSelf: "start" }}
        >
          <Trans>Пошаљи одговор</Trans>
        </Button>
      </Stack>
    </form>
  );
};

const Against = ({ problem }: { problem: Problem }) => {
  const { t } = useLingui();
  return problem.faults.length > 0 ? (
    <FaultSummary problem={problem} names={{ "/text": t`Одговор` }} />
  ) : (
    <ProblemNotice error={problem} />
  );
};
