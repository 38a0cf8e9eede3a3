import { casesReveal, notesRetrieve } from "@/api/gen";

export interface OpenNote {
  text: string;
  version: number;
}

/** The words of a note as they stand now, opened to put them right, with the version that they belong to. */
export const openForCorrection = async (caseId: string, noteId: string): Promise<OpenNote> => {
  const path = { case_id: caseId, id: noteId };
  const { data: note } = await notesRetrieve({ path, throwOnError: true });
  const body = { fields: [note.field], purpose: "correction" as const };
  const { data } = await casesReveal({ path: { id: caseId }, body, throwOnError: true });
  return { text: data.revealed[0]?.text ?? "", version: note.version };
};
