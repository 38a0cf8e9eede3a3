import { useLingui } from "@lingui/react/macro";
import type { QuestionOut } from "@/api/gen";
import { referralsReplyMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { GuardedText, type GuardedValue, NOTHING_WRITTEN } from "@/guard";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Choices, Stack, Text } from "@/ui";
import { NOTE_LIMIT } from "./AskForm";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

interface Replied {
  question: string;
  note: GuardedValue;
}
const NOTHING: Replied = { question: "", note: NOTHING_WRITTEN };

/** Reply to a question of the other side; where there is only one it need not be chosen. */
export const ReplyForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const open = useOpenQuestions(props);
  const label = useLabel("questions");
  const draft = useDraft<Replied>(`reply ${referral.id}`, NOTHING);
  const { note } = draft.value;
  const chosen = open.find((one) => one.id === draft.value.question) ?? (open.length === 1 ? open[0] : undefined);
  const step = useStep(referralsReplyMutation(), props, t`Одговор је послат.`, draft.discard);
  const send = () =>
    step.send({
      ...at(referral),
      body: {
        ...(chosen === undefined ? {} : { question: chosen.id }),
        note: note.text,
        ...(note.namesChecked ? { names_checked: true } : {}),
      },
    });
  return (
    <StepForm step={step} referral={referral} name={t`Пошаљи одговор`} ready={note.text.trim() !== ""} onSend={send}>
      {open.length > 1 && (
        <Choices
          label={t`На које питање?`}
          value={chosen?.id ?? ""}
          onChange={(question) => draft.set((old) => ({ ...old, question }))}
          options={open.map((one) => ({ value: one.id, label: label(one.question_code) }))}
        />
      )}
      {chosen !== undefined && (
        <Stack gap={4} className="question">
          <Text fw={600}>{label(chosen.question_code)}</Text>
          {chosen.note !== "" && <Text className="quiet-text">{chosen.note}</Text>}
        </Stack>
      )}
      <GuardedText
        label={t`Одговор`}
        data-autofocus
        maxLength={NOTE_LIMIT}
        value={note}
        onChange={(changed) => draft.set((old) => ({ ...old, note: changed }))}
      />
    </StepForm>
  );
};

const useOpenQuestions = ({ referral }: ActProps): QuestionOut[] => {
  const ours = useMe().organisations.some((one) => one.id === referral.recipient);
  const side = ours ? "target" : "requester";
  return referral.questions.filter((one) => one.replied_at === null && one.asked_by_side !== side);
};
