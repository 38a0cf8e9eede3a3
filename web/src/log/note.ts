import { type Bytes, fromBase64, same, sha256, toHex } from "./bytes";
import type { Tree } from "./tree";

/** C2SP signed-note and tlog-checkpoint, as `docs/audit-format.md` has them. What cannot be read throws SyntaxError. */
export interface LogKey {
  /** The origin of the log's checkpoints. */
  name: string;
  id: Bytes;
  public: Bytes;
}

interface Signature {
  name: string;
  id: Bytes;
  value: Bytes;
}

export interface Note {
  text: string;
  /** Who claims to have signed it. Nothing is checked yet. */
  signatures: readonly Signature[];
}

export interface Checkpoint extends Tree {
  origin: string;
}

const VKEY = /^([^\s+\p{C}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u;
const LINE = /— ([^\s+]+) ([A-Za-z0-9+/=]{8,})\n/gu;
const NOTE = /^([^\x00-\x09\x0b-\x1f]*\n)\n((?:— [^\s+]+ [A-Za-z0-9+/=]{8,}\n){1,100})$/u;
const CHECKPOINT = /^([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n$/u;
const ED25519_OF_A_LOG = 1;
const ID = 4;

export const readKey = async (vkey: string): Promise<LogKey> => {
  const [, name, id, value] = VKEY.exec(vkey) ?? [];
  if (name === undefined || value === undefined) throw new SyntaxError("no vkey");
  const typed = fromBase64(value);
  const wanted = (await sha256(new TextEncoder().encode(`${name}\n`), typed)).slice(0, ID);
  if (typed[0] !== ED25519_OF_A_LOG || toHex(wanted) !== id) throw new SyntaxError("no vkey of a log");
  return { name, id: wanted, public: typed.slice(1) };
};

/** Split a signed note at its last empty line. */
export const readNote = (note: string): Note => {
  const [, text, lines] = NOTE.exec(note) ?? [];
  if (text === undefined || lines === undefined) throw new SyntaxError("no signed note");
  const signatures = [...lines.matchAll(LINE)].map(([, name = "", value = ""]) => {
    const bytes = fromBase64(value);
    return { name, id: bytes.slice(0, ID), value: bytes.slice(ID) };
  });
  return { text, signatures };
};

/** Read the three lines of a checkpoint. Our logs write no fourth. */
export const readCheckpoint = (text: string): Checkpoint => {
  const [, origin, size, root] = CHECKPOINT.exec(text) ?? [];
  if (origin === undefined || root === undefined || !Number.isSafeInteger(Number(size)))
    throw new SyntaxError("no checkpoint");
  return { origin, size: Number(size), root: fromBase64(root) };
};

const isUnknownHere = (error: unknown): boolean => error instanceof DOMException && error.name === "NotSupportedError";

/** Whether the key signed the note: at least once, and falsely nowhere. `undefined` where the browser has no Ed25519. */
export const isSigned = async ({ text, signatures }: Note, key: LogKey): Promise<boolean | undefined> => {
  const own = signatures.filter(({ name, id }) => name === key.name && same(id, key.id));
  try {
    const opened = await crypto.subtle.importKey("raw", key.public, "Ed25519", false, ["verify"]);
    const message = new TextEncoder().encode(text);
    const good = await Promise.all(own.map(({ value }) => crypto.subtle.verify("Ed25519", opened, value, message)));
    return good.length > 0 && good.every(Boolean);
  } catch (error) {
    if (isUnknownHere(error)) return undefined;
    throw error;
  }
};
