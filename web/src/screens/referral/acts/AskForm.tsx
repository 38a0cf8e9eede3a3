import { useLingui } from "@lingui/react/macro";
import type { QuestionsCode } from "@/api/gen";
import { referralsAskMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { GuardedText, type GuardedValue, NOTHING_WRITTEN } from "@/guard";
import { useEntries, useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Choices } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

export const NOTE_LIMIT = 280;
const CODES: readonly QuestionsCode[] = [
  "still_wanted",
  "suitable_times",
  "insurance",
  "documents",
  "transport",
  "accompaniment",
  "children",
  "language",
  "medication",
  "accessibility",
  "referral_letter",
  "opening_hours",
  "what_to_bring",
  "cost",
];
interface Asked {
  code: QuestionsCode | "";
  note: GuardedValue;
}
const NOTHING: Asked = { code: "", note: NOTHING_WRITTEN };

/** A coded question to the other side, and a short note where the code does not say it all. */
export const AskForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const label = useLabel("questions");
  const draft = useDraft<Asked>(`ask ${referral.id}`, NOTHING);
  const { code, note } = draft.value;
  const codes = useAskable(props);
  const step = useStep(referralsAskMutation(), props, t`Питање је послато.`, draft.discard);
  const send = () =>
    step.send({
      ...at(referral),
      body: { question_code: code, note: note.text, ...(note.namesChecked ? { names_checked: true } : {}) },
    });
  return (
    <StepForm step={step} referral={referral} name={t`Пошаљи питање`} ready={code !== ""} onSend={send}>
      <Choices
        label={t`Шта питате?`}
        value={code}
        onChange={(chosen) => draft.set((old) => ({ ...old, code: chosen }))}
        options={codes.map((value) => ({ value, label: label(value) }))}
      />
      <GuardedText
        label={t`Белешка (није обавезно)`}
        maxLength={NOTE_LIMIT}
        value={note}
        onChange={(changed) => draft.set((old) => ({ ...old, note: changed }))}
      />
    </StepForm>
  );
};

/** Questions of the own side whose reply the consent covers, and that do not wait for a reply already. */
const useAskable = ({ referral }: ActProps): QuestionsCode[] => {
  const entries = useEntries("questions");
  const ours = useMe().organisations.some((one) => one.id === referral.recipient);
  const side = ours ? "target" : "requester";
  const open = referral.questions.filter((one) => one.replied_at === null).map((one) => one.question_code);
  return CODES.filter((code) => {
    const about = entries.find((one) => one.code === code)?.attributes;
    const needed = about?.["data_class"] ?? "";
    const covered = needed === "" || referral.data_classes.includes(needed);
    return [side, "either"].includes(about?.["asked_by"] ?? "") && covered && !open.includes(code);
  });
};
