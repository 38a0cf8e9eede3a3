import { fromBase64 } from "./bytes";
import { isSigned, readCheckpoint, readKey, readNote } from "./note";
import { isConsistent } from "./tree";

/** What a device keeps of a log: the last checkpoint that it found good, and since when it watches. No person is in it. */
export interface Kept {
  vkey: string;
  note: string;
  since: { size: number; at: string };
}

/** What is wrong with a log. */
export type Fault =
  /** The checkpoint, the key or the proof is not what the format says. */
  | "unreadable"
  /** It is the checkpoint of another log. */
  | "other-log"
  | "other-key"
  | "bad-signature"
  /** It is shorter than it was. */
  | "rolled-back"
  /** What was sealed before is not what is sealed now. */
  | "rewritten";

export type Judgement =
  | { kind: "verified"; size: number; at: string; kept: Kept }
  /** The browser cannot verify signatures: only the service says so. */
  | { kind: "unverifiable"; size: number }
  | { kind: "broken"; fault: Fault; before: string | undefined; now: string };

export interface Asked {
  /** The team's id, which is the last part of the log's origin. */
  log: string;
  vkey: string;
  note: string;
  kept: Kept | undefined;
  now: Date;
  /** Ask the service for the proof that the log of `size` leaves began as that of `old`. */
  prove: (old: number, size: number) => Promise<readonly string[]>;
}

class Broken extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

const demand = (good: boolean, fault: Fault): void => {
  if (!good) throw new Broken(fault);
};

/** Raise unless the log goes on from what was kept. */
const compare = async ({ kept, note, prove }: Asked): Promise<void> => {
  if (kept === undefined) return;
  const [old, tree] = [readCheckpoint(readNote(kept.note).text), readCheckpoint(readNote(note).text)];
  demand(tree.size >= old.size, "rolled-back");
  if (old.size === 0) return;
  const proof = tree.size === old.size ? [] : await prove(old.size, tree.size);
  demand(await isConsistent(proof.map(fromBase64), old, tree), "rewritten");
};

const verified = async (asked: Asked): Promise<Judgement> => {
  const { log, vkey, note, kept, now } = asked;
  const [key, read] = [await readKey(vkey), readNote(note)];
  const { origin, size } = readCheckpoint(read.text);
  demand(origin === key.name && origin.endsWith(`/${log}`), "other-log");
  demand(kept === undefined || kept.vkey === vkey, "other-key");
  const signed = await isSigned(read, key);
  if (signed === undefined) return { kind: "unverifiable", size };
  demand(signed, "bad-signature");
  await compare(asked);
  const at = now.toISOString();
  return { kind: "verified", size, at, kept: { vkey, note, since: kept?.since ?? { size, at } } };
};

/** Judge what the service says of a log by what this device knows. Throws what `prove` throws: then nothing is known. */
export const judge = async (asked: Asked): Promise<Judgement> => {
  const broken = (fault: Fault): Judgement => ({
    kind: "broken",
    fault,
    before: asked.kept?.note,
    now: asked.note,
  });
  try {
    return await verified(asked);
  } catch (error) {
    if (error instanceof Broken) return broken(error.fault);
    if (error instanceof SyntaxError) return broken("unreadable");
    throw error;
  }
};
