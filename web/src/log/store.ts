import { createStore, del, get, set } from "idb-keyval";
import type { Kept } from "./judge";

const store = createStore("spona-logs", "checkpoints");

/** What this device keeps of a log; nothing where the browser keeps nothing. It stays after signing out: it is worth
 * something only against what is said later. */
export const recall = (log: string): Promise<Kept | undefined> => get<Kept>(log, store).catch(() => undefined);
export const keep = (log: string, kept: Kept): Promise<void> => set(log, kept, store).catch(() => undefined);
export const forget = (log: string): Promise<void> => del(log, store);
