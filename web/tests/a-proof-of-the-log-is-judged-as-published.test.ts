// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromBase64, toHex } from "@/log/bytes";
import { isConsistent, isIncluded, leafHash, type Tree } from "@/log/tree";

// The vectors that the verifier of the service is held to (tests/data/merkle).
const data = (name: string) => readFileSync(new URL(`../../tests/data/merkle/${name}`, import.meta.url), "utf8");

interface Vector {
  wantErr: boolean;
  proof: string[] | null;
}
interface Inclusion extends Vector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
}
interface Consistency extends Vector {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}
interface Proofs {
  inclusion: Record<string, Inclusion>;
  consistency: Record<string, Consistency>;
}
const proofs = JSON.parse(data("proofs.json")) as Proofs;
const raw = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
const tree = (size: number, root: string): Tree => ({ size, root: raw(root) });
const rawProof = ({ proof }: Vector) => (proof ?? []).map(raw);

const wrong = async <One extends Vector>(
  vectors: Record<string, One>,
  judge: (vector: One) => Promise<boolean>,
): Promise<string[]> => {
  const judged = await Promise.all(
    Object.entries(vectors).map(async ([name, vector]) => [name, (await judge(vector)) === vector.wantErr] as const),
  );
  return judged.filter(([, isWrong]) => isWrong).map(([name]) => name);
};

describe("all published proofs of a whole tree", () => {
  it("are there", () => {
    expect(Object.keys(proofs.inclusion)).toHaveLength(98);
    expect(Object.keys(proofs.consistency)).toHaveLength(98);
  });
  it("that an entry is in it are accepted or refused", async () => {
    const judge = (one: Inclusion) =>
      isIncluded(rawProof(one), raw(one.leafHash), one.leafIdx, tree(one.treeSize, one.root));
    expect(await wrong(proofs.inclusion, judge)).toEqual([]);
  });
  it("that it goes on from an older one are accepted or refused", async () => {
    const judge = (one: Consistency) =>
      isConsistent(rawProof(one), tree(one.size1, one.root1), tree(one.size2, one.root2));
    expect(await wrong(proofs.consistency, judge)).toEqual([]);
  });
});

it("a leaf is hashed as published", async () => {
  const known = JSON.parse(data("reference_roots.json")) as Record<"leaf_inputs_hex", string[]> & {
    node_hashes_by_level: string[][];
  };
  const hashes = await Promise.all(
    known.leaf_inputs_hex.map(async (text) => toHex(await leafHash(Uint8Array.from(Buffer.from(text, "hex"))))),
  );
  expect(hashes).toEqual(known.node_hashes_by_level[0]);
});

it.each(["A", "AA=A", "AAA", "AAAA\n", "AA-_"])("what is no base64 is refused: %s", (text) => {
  expect(() => fromBase64(text)).toThrow(SyntaxError);
});
