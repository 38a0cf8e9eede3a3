// @vitest-environment node
import { beforeAll, describe, expect, it } from "vitest";
import { type Asked, type Fault, judge, type Judgement } from "@/log/judge";
import { leafHash } from "@/log/tree";

const LOG = "3c9a5a52-7a0f-4f0e-8a53-6f2f6e1d4b22";
const ORIGIN = `spona.example/${LOG}`;
const NOW = new Date("2026-11-23T10:00:00Z");
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const hash = async (...parts: Uint8Array[]) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", Buffer.concat(parts)));
const leaf = (text: string) => leafHash(new TextEncoder().encode(text));
const above = (left: Uint8Array, right: Uint8Array) => hash(Uint8Array.of(1), left, right);

/** A log of ours, as the service signs it. */
const signer = async (origin = ORIGIN) => {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const typed = Buffer.concat([Uint8Array.of(1), new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))]);
  const id = (await hash(Buffer.from(`${origin}\n`), typed)).slice(0, 4);
  const seal = async (size: number, root: Uint8Array) => {
    const text = `${origin}\n${size}\n${base64(root)}\n`;
    const value = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, Buffer.from(text)));
    return `${text}\n— ${origin} ${base64(Buffer.concat([id, value]))}\n`;
  };
  return { vkey: `${origin}+${Buffer.from(id).toString("hex")}+${base64(typed)}`, seal };
};

let vkey: string;
let seal: Awaited<ReturnType<typeof signer>>["seal"];
let one: string;
let two: string;
let proof: string[];

beforeAll(async () => {
  ({ vkey, seal } = await signer());
  const [first, second] = [await leaf("a"), await leaf("b")];
  one = await seal(1, first);
  two = await seal(2, await above(first, second));
  proof = [base64(second)];
});

const asked = (some: Partial<Asked>): Asked => ({
  log: LOG,
  vkey,
  note: two,
  kept: undefined,
  now: NOW,
  prove: () => Promise.resolve(proof),
  ...some,
});
const keptOf = (note: string) => ({ vkey, note, since: { size: 1, at: "2026-11-01T08:00:00Z" } });
const faultOf = (found: Judgement): Fault | undefined => (found.kind === "broken" ? found.fault : undefined);

describe("a log that this device looks at", () => {
  it("is verified the first time by its signature, and kept from there", async () => {
    const since = { size: 2, at: NOW.toISOString() };
    expect(await judge(asked({}))).toMatchObject({ kind: "verified", size: 2, kept: { note: two, since } });
  });
  it("is verified later as far as it goes on from what was kept", async () => {
    const kept = keptOf(one);
    expect(await judge(asked({ kept }))).toMatchObject({ kind: "verified", kept: { note: two, since: kept.since } });
  });
  it("needs no proof when it has not grown", async () => {
    const prove = () => Promise.reject(new Error("asked"));
    expect((await judge(asked({ kept: keptOf(two), prove }))).kind).toBe("verified");
  });
  it("is not judged while the proof cannot be had", async () => {
    const prove = () => Promise.reject(new TypeError("no line"));
    await expect(judge(asked({ kept: keptOf(one), prove }))).rejects.toThrow("no line");
  });
});

describe("the alarm is raised when", () => {
  const raised = async (some: Partial<Asked>) => faultOf(await judge(asked(some)));
  it("it is shorter than it was", async () => {
    expect(await raised({ note: one, kept: keptOf(two) })).toBe("rolled-back");
  });
  it("an entry that was sealed is another now", async () => {
    const other = await seal(1, await leaf("c"));
    expect(await raised({ kept: keptOf(other) })).toBe("rewritten");
    expect(await raised({ note: other, kept: keptOf(one) })).toBe("rewritten");
    expect(await raised({ kept: keptOf(one), prove: () => Promise.resolve([]) })).toBe("rewritten");
  });
  it("somebody else signed it, or nobody", async () => {
    const stranger = await signer();
    expect(await raised({ note: await stranger.seal(2, await leaf("b")) })).toBe("bad-signature");
    expect(await raised({ note: two.replace("\n2\n", "\n3\n") })).toBe("bad-signature");
  });
  it("the key of the log is no longer the one it was", async () => {
    const stranger = await signer();
    const note = await stranger.seal(2, await leaf("b"));
    expect(await raised({ vkey: stranger.vkey, note, kept: keptOf(one) })).toBe("other-key");
  });
  it("it is the log of another team", async () => {
    const stranger = await signer("spona.example/another");
    expect(await raised({ vkey: stranger.vkey, note: await stranger.seal(1, await leaf("a")) })).toBe("other-log");
    expect(await raised({ vkey: stranger.vkey })).toBe("other-log");
  });
  it("it cannot be read, and both checkpoints are handed over", async () => {
    const found = await judge(asked({ note: "nothing", kept: keptOf(one) }));
    expect(found).toEqual({ kind: "broken", fault: "unreadable", before: one, now: "nothing" });
    expect(await raised({ kept: keptOf(one), prove: () => Promise.resolve(["?"]) })).toBe("unreadable");
  });
});
