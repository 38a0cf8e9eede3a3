import { type Bytes, same, sha256 } from "./bytes";

/** Proofs of RFC 6962, checked as RFC 9162 (2.1.3.2 and 2.1.4.2) writes it down. */
export interface Tree {
  size: number;
  root: Bytes;
}

const HASH = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (body: Bytes): Promise<Bytes> => sha256(LEAF, body);
const node = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(NODE, left, right);

// Sizes are whole numbers up to 2^53: operators on bits would cut them to 32.
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isPowerOfTwo = (value: number): boolean => (isOdd(value) ? value === 1 : isPowerOfTwo(half(value)));
const wholeHashes = (...hashes: readonly Bytes[]): boolean => hashes.every((one) => one.length === HASH);

/** Walk from a node up to the root; `step` is told on which side each hash of the proof stands. Says whether the proof
 * is as long as the way is. */
const climb = async (
  proof: readonly Bytes[],
  from: { index: number; last: number },
  step: (aside: Bytes, isLeft: boolean) => Promise<void>,
): Promise<boolean> => {
  let { index, last } = from;
  for (const aside of proof) {
    if (last === 0) return false;
    const isLeft = isOdd(index) || index === last;
    await step(aside, isLeft);
    while (isLeft && !isOdd(index) && index !== 0) [index, last] = [half(index), half(last)];
    [index, last] = [half(index), half(last)];
  }
  return last === 0;
};

/** Whether the proof shows that `leaf` is number `index` (from 0) of the tree. */
export const isIncluded = async (proof: readonly Bytes[], leaf: Bytes, index: number, tree: Tree): Promise<boolean> => {
  if (!wholeHashes(leaf, ...proof) || !(index >= 0 && index < tree.size)) return false;
  let whole = leaf;
  const arrived = await climb(proof, { index, last: tree.size - 1 }, async (aside, isLeft) => {
    whole = isLeft ? await node(aside, whole) : await node(whole, aside);
  });
  return arrived && same(whole, tree.root);
};

/** Whether the proof shows that the tree began as the old one did. Of an empty old one there is nothing to show. */
export const isConsistent = async (proof: readonly Bytes[], old: Tree, tree: Tree): Promise<boolean> => {
  if (!wholeHashes(...proof) || old.size < 1 || old.size > tree.size) return false;
  if (old.size === tree.size) return proof.length === 0 && same(old.root, tree.root);
  const [first, ...rest] = isPowerOfTwo(old.size) ? [old.root, ...proof] : proof;
  if (first === undefined) return false;
  let [index, last] = [old.size - 1, tree.size - 1];
  while (isOdd(index)) [index, last] = [half(index), half(last)];
  let [inside, whole] = [first, first];
  const arrived = await climb(rest, { index, last }, async (aside, isLeft) => {
    if (isLeft) inside = await node(aside, inside);
    whole = isLeft ? await node(aside, whole) : await node(whole, aside);
  });
  return arrived && same(inside, old.root) && same(whole, tree.root);
};
