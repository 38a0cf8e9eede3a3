import { useQuery } from "@tanstack/react-query";
import type { CaseOut, NoteStub, RevealedOut } from "@/api/gen";
import { Answered } from "@/ui";
import { ChangeForm } from "./ChangeForm";
import { openForCorrection } from "./opening";

interface Props {
  one: CaseOut;
  note: NoteStub;
  /** Who has just written the words need not open them. */
  onOpened: (text: RevealedOut) => void;
  onDone: () => void;
}

/** Put a note right. Its words are opened for that alone, once, and leave memory when the sheet is closed. */
export const ChangeNote = ({ one, note, onOpened, onDone }: Props) => {
  const opened = useQuery({
    queryKey: ["note for correction", note.id],
    queryFn: () => openForCorrection(one.id, note.id),
    staleTime: "static",
    gcTime: 0,
    retry: false,
  });
  return (
    <Answered query={opened}>
      {(begun) => <ChangeForm caseId={one.id} noteId={note.id} begun={begun} onOpened={onOpened} onDone={onDone} />}
    </Answered>
  );
};
