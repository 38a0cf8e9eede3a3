import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem, ifMatch } from "@/api";
import type { RevealedOut } from "@/api/gen";
import { notesUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { GuardedText, type GuardedValue } from "@/guard";
import { tell, useSend } from "@/ui";
import { ActForm } from "../acts/ActForm";
import { DraftNotice } from "./DraftNotice";
import { NoteConflict } from "./NoteConflict";
import { type OpenNote, openForCorrection } from "./opening";

interface Props {
  caseId: string;
  noteId: string;
  begun: OpenNote;
  onOpened: (text: RevealedOut) => void;
  onDone: () => void;
}

/** The draft keeps the version that the writing began from: whoever was faster is not overwritten, not even after the
 * tab was closed in between. */
const useChange = ({ caseId, noteId, begun, onOpened, onDone }: Props) => {
  const { t } = useLingui();
  const draft = useDraft(`change ${noteId}`, { ...begun, namesChecked: false });
  const [theirs, setTheirs] = useState<OpenNote>();
  const finish = () => {
    draft.discard();
    onDone();
  };
  const send = useSend(notesUpdateMutation(), (note, { body }) => {
    onOpened({ field: note.field, revision: note.text.revision, text: body?.text ?? "" });
    finish();
    tell(t`Белешка је измењена.`);
  });
  const save = ({ text, namesChecked }: GuardedValue, version: number) =>
    send.mutate(
      {
        path: { case_id: caseId, id: noteId },
        headers: ifMatch({ version }),
        body: { text, ...(namesChecked ? { names_checked: true } : {}) },
      },
      {
        onError: (error) => {
          if (asProblem(error).code === "stale_version") void openForCorrection(caseId, noteId).then(setTheirs);
        },
      },
    );
  return { draft, theirs, setTheirs, finish, send, save };
};

/** The words of a note, to be put right. */
export const ChangeForm = (props: Props) => {
  const { t } = useLingui();
  const { draft, theirs, setTheirs, finish, send, save } = useChange(props);
  const settle = (value: GuardedValue, now: OpenNote) =>
    value.text === now.text ? finish() : save(value, now.version);
  return (
    <>
      {draft.restored && <DraftNotice onDiscard={draft.discard} />}
      <ActForm
        problem={send.problem?.code === "stale_version" ? undefined : send.problem}
        names={{ "/text": t`Белешка` }}
        sending={send.isPending}
        label={t`Сачувај измену`}
        onSubmit={() => save(draft.value, draft.value.version)}
      >
        <GuardedText
          size="md"
          label={t`Белешка`}
          required
          data-autofocus
          value={draft.value}
          onChange={(value) => draft.set((old) => ({ ...old, ...value }))}
        />
      </ActForm>
      {theirs !== undefined && (
        <NoteConflict
          mine={draft.value}
          theirs={theirs.text}
          problem={send.problem}
          sending={send.isPending}
          onSettle={(value) => settle(value, theirs)}
          onClose={() => setTheirs(undefined)}
        />
      )}
    </>
  );
};
