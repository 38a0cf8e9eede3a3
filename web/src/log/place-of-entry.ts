import { asProblem } from "@/api";
import {
  type AuditEntryOut,
  auditLogsCheckpoint,
  auditLogsInclusion,
  auditLogsRetrieve,
  type InclusionOut,
} from "@/api/gen";
import { fromBase64 } from "./bytes";
import { bodyOf } from "./entry";
import { judged } from "./judged";
import { readCheckpoint, readNote } from "./note";
import { isIncluded, leafHash, type Tree } from "./tree";

export type Place =
  /** As it is shown it stands in the log that this device has verified. */
  | { kind: "included"; number: number; size: number }
  | { kind: "unsealed" }
  /** What is shown is not what was sealed. */
  | { kind: "different" }
  /** The log itself is not verified here. */
  | { kind: "unverified" };

/** Whether the proof holds for the entry as it is shown; what cannot be read proves nothing. */
export const stands = async (
  entry: AuditEntryOut,
  { index, proof }: Pick<InclusionOut, "index" | "proof">,
  tree: Tree,
): Promise<boolean> => {
  try {
    return await isIncluded(proof.map(fromBase64), await leafHash(bodyOf(entry)), index, tree);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};

/** Not in the log yet, or only behind its last checkpoint. */
const isUnsealed = (error: unknown): boolean => [400, 404].includes(asProblem(error).status);

export const placeOf = async (entry: AuditEntryOut): Promise<Place> => {
  const path = { id: entry.team };
  const { data: log } = await auditLogsRetrieve({ path, throwOnError: true });
  if (log.checkpoint_at === null) return { kind: "unsealed" };
  const { note } = (await auditLogsCheckpoint({ path, throwOnError: true })).data;
  if ((await judged(log, note)).kind !== "verified") return { kind: "unverified" };
  const tree = readCheckpoint(readNote(note).text);
  try {
    const { data } = await auditLogsInclusion({
      path,
      query: { entry: entry.id, size: tree.size },
      throwOnError: true,
    });
    return (await stands(entry, data, tree))
      ? { kind: "included", number: data.index + 1, size: tree.size }
      : { kind: "different" };
  } catch (error) {
    if (isUnsealed(error)) return { kind: "unsealed" };
    throw error;
  }
};
