// @vitest-environment node
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bodyOf } from "@/log/entry";
import { toHex } from "@/log/bytes";
import { isSigned, readCheckpoint, readKey, readNote } from "@/log/note";
import { leafHash } from "@/log/tree";

// The vectors that the verifier of the service is held to (tests/data/c2sp).
const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../tests/data/c2sp/${name}`, import.meta.url), "utf8"));
const notes = data("signed_note_vectors.json") as {
  verifier_keys: string[];
  bad_verifier_keys: string[];
  signed_note_valid: string;
  signed_note_verifier: string;
};
const points = data("checkpoint_vectors.json") as {
  checkpoints: { desc: string; checkpoint: string }[];
  go_tree_note_valid: string;
  go_tree_n: number;
  go_bad_tree_notes: string[];
};
// The known answer of docs/audit-format.md.
const ORIGIN = "spona.example/3c9a5a52-7a0f-4f0e-8a53-6f2f6e1d4b22";
const VKEY = `${ORIGIN}+15598c4b+AdCln/mofcu6wAhyg9qel/qojx2cWP4KJTJG01ARNoQo`;
const TEXT = `${ORIGIN}\n1\nEb51JXsYdSwFjWIunP6io3/ObZhmivPdRcW49WLpLSo=\n`;
const NOTE =
  `${TEXT}\n— ${ORIGIN} FVmMS700LbsiOnVB7QLD9dn12HUIKYwKqRsNIOdHUfoncd/5bCRoXlovJCo9Tmy86ghCJLM5ikPlsO793rF3K1fUeAE=\n` +
  "— witness.example eQqKDQAAAABpaLPUJTV2iwKeuNOAK/hUDOEYMMrfiQ1C6sOjIUZ6AP9oBPNSNpEWWFUCwi2YkJGGFVtkkrPV8knDPhvobpb2VdUcCg==\n";

const signed = async (note: string, vkey: string) => isSigned(readNote(note), await readKey(vkey));
afterEach(() => vi.restoreAllMocks());

describe("a signed note", () => {
  it("verifies as published, and as our own format says", async () => {
    expect(await signed(notes.signed_note_valid, notes.signed_note_verifier)).toBe(true);
    expect(await signed(NOTE, VKEY)).toBe(true);
  });
  it("with another text, another key or a second false line does not", async () => {
    expect(await signed(NOTE.replace("\n1\n", "\n2\n"), VKEY)).toBe(false);
    expect(await signed(NOTE, notes.signed_note_verifier)).toBe(false);
    const line = `— ${ORIGIN} FVmMS700LbsiOnVB7QLD9dn12HUIKYwKqRsNIOdHUfoncd/5bCRoXlovJCo9Tmy86ghCJLM5ikPlsO793rF3K1fUeAA=\n`;
    expect(await signed(NOTE + line, VKEY)).toBe(false);
  });
  it("is neither good nor bad where the browser has no Ed25519", async () => {
    const missing = new DOMException("unknown", "NotSupportedError");
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(missing);
    expect(await signed(NOTE, VKEY)).toBeUndefined();
  });
  it.each([
    "",
    "text\n",
    "text\n\n",
    "text\n\n— name\n",
    "text\n\n— name AAAA\n",
    "text\n\n- name AAAAAAAAAAAA\n",
    "text\n\n— na+me AAAAAAAAAAAA\n",
    "text\n\n— name AAAAAAAAAAAA",
    "te\x00xt\n\n— name AAAAAAAAAAAA\n",
    "te\rxt\n\n— name AAAAAAAAAAAA\n",
    `text\n\n${"— name AAAAAAAAAAAA\n".repeat(101)}`,
  ])("is refused when it is none: %j", (text) => {
    expect(() => readNote(text)).toThrow(SyntaxError);
  });
});

it("keys are read or refused as published", async () => {
  for (const vkey of notes.verifier_keys)
    if (notes.bad_verifier_keys.includes(vkey)) await expect(readKey(vkey)).rejects.toThrow(SyntaxError);
    else expect((await readKey(vkey)).name).toBe(vkey.split("+")[0]);
});

describe("a checkpoint", () => {
  it("is read with its size and root", () => {
    expect(readCheckpoint(points.go_tree_note_valid).size).toBe(points.go_tree_n);
    expect(readCheckpoint(TEXT)).toMatchObject({ origin: ORIGIN, size: 1 });
  });
  it.each([...points.checkpoints.map((one) => one.checkpoint), ...points.go_bad_tree_notes.slice(1)])(
    "is refused without three lines and a root of 32 bytes: %j",
    (text) => {
      expect(() => readCheckpoint(text)).toThrow(SyntaxError);
    },
  );
});

it("an entry as the API shows it gives the leaf hash that the format knows", async () => {
  const entry = {
    id: "0b7c1d0e-52a4-4b6f-9b52-3f1f0c8e7a11",
    team: "3c9a5a52-7a0f-4f0e-8a53-6f2f6e1d4b22",
    at: "2026-01-15T09:30:00.000250Z",
    actor: "9d1e6c34-1b1d-4c55-8c0a-2a7b5d9e3f33",
    actor_kind: "user",
    acting_for: null,
    action: "referral.accepted",
    object_kind: "referral",
    object: "5e2f8a90-6c4d-4e7b-b1a2-7d3c9e0f1a44",
    case_code: null,
    outcome: "success",
    code: "",
    request_id: "r-17",
    route: "/api/v1/referrals/{id}/accept",
    method: "POST",
    objects: [],
    facts: { mode: "accompanied", first_contact_days: 3 },
    genuine: true,
  };
  const known = "11be75257b18752c058d622e9cfea2a37fce6d98668af3dd45c5b8f562e92d2a";
  expect(toHex(await leafHash(bodyOf(entry)))).toBe(known);
  expect(toHex(await leafHash(bodyOf({ ...entry, facts: { mode: "alone", first_contact_days: 3 } })))).not.toBe(known);
  expect(new TextDecoder().decode(bodyOf({ ...entry, at: "2026-01-15T09:30:00Z" }))).toContain("09:30:00.000000Z");
});
