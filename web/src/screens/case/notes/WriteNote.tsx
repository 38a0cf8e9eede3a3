import { useLingui } from "@lingui/react/macro";
import { asProblem } from "@/api";
import type { CaseOut, RevealedOut } from "@/api/gen";
import { notesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { GuardedText, type GuardedValue, NOTHING_WRITTEN } from "@/guard";
import { Section, tell, useSend } from "@/ui";
import { ActForm } from "../acts/ActForm";
import { DraftNotice } from "./DraftNotice";

const noteOf = ({ text, namesChecked }: GuardedValue) => ({ text, ...(namesChecked ? { names_checked: true } : {}) });

/** A new note. What is typed survives a closed tab, a lost line and the end of the session. */
export const WriteNote = ({ one, onOpened }: { one: CaseOut; onOpened: (text: RevealedOut) => void }) => {
  const { t } = useLingui();
  const draft = useDraft(`note ${one.id}`, NOTHING_WRITTEN);
  const send = useSend(notesCreateMutation(), (note, { body }) => {
    onOpened({ field: note.field, revision: note.text.revision, text: body.text });
    draft.discard();
    tell(t`Белешка је сачувана.`);
  });
  const submit = () =>
    send.mutate(
      { path: { case_id: one.id }, headers: { "Idempotency-Key": draft.key }, body: noteOf(draft.value) },
      {
        onError: (error) => {
          if (asProblem(error).code === "idempotency_key_reused") draft.renewKey();
        },
      },
    );
  return (
    <Section title={t`Нова белешка`}>
      {draft.restored && <DraftNotice onDiscard={draft.discard} />}
      <ActForm
        problem={send.problem}
        names={{ "/text": t`Белешка` }}
        sending={send.isPending}
        label={t`Сачувај белешку`}
        onSubmit={submit}
      >
        <GuardedText
          size="md"
          label={t`Белешка`}
          placeholder={t`Шта је договорено, шта је следеће`}
          required
          value={draft.value}
          onChange={draft.set}
        />
      </ActForm>
    </Section>
  );
};
