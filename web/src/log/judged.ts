import { auditLogsConsistency, type LogOut } from "@/api/gen";
import { type Judgement, judge } from "./judge";
import { keep, recall } from "./store";

/** Judge the checkpoint of a log by what this device has kept, and keep it where it is good. */
export const judged = async ({ id, vkey }: LogOut, note: string): Promise<Judgement> => {
  const prove = async (old: number, size: number) =>
    (await auditLogsConsistency({ path: { id }, query: { old, size }, throwOnError: true })).data.proof;
  const found = await judge({ log: id, vkey, note, kept: await recall(id), now: new Date(), prove });
  if (found.kind === "verified") await keep(id, found.kept);
  return found;
};
