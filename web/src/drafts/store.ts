import { createStore, del, get, set } from "idb-keyval";
import { meDraftKey } from "@/api/gen";
import { type DraftKey, importKey, open, seal, type Sealed } from "./seal";

const store = createStore("spona-drafts", "sealed");
const keys = new Map<number | undefined, Promise<DraftKey>>();

const ask = async (keyId: number | undefined): Promise<DraftKey> => {
  const query = keyId === undefined ? {} : { key_id: keyId };
  const { data } = await meDraftKey({ query, throwOnError: true });
  return importKey(data.key_id, data.key);
};

/** The key of today, or an older one by its id. In memory only. */
const keyOf = (keyId?: number): Promise<DraftKey> => {
  const known = keys.get(keyId) ?? ask(keyId);
  keys.set(keyId, known);
  known.catch(() => keys.delete(keyId));
  return known;
};

/** Keep a draft. The place says whose and what, such as `ID-of-person note ID-of-case`. */
export const keep = async (place: string, value: unknown): Promise<void> =>
  set(place, await seal(await keyOf(), place, value), store);

export const forget = (place: string): Promise<void> => del(place, store);

/** The draft of a place, or undefined: none was kept, or its key is no more. */
export const recall = async (place: string): Promise<unknown> => {
  const sealed = await get<Sealed>(place, store);
  if (sealed === undefined) return undefined;
  try {
    return await open(await keyOf(sealed.keyId), place, sealed);
  } catch (unreadable) {
    if (unreadable instanceof DOMException) await forget(place);
    return undefined;
  }
};
