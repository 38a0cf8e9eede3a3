import { expect, test } from "vitest";
import { lineOf } from "@/history/line";

const words = { changed: (name: string) => `changed: ${name}`, empty: "nothing" };
const field = { name: "status", show: (code: string) => code.toUpperCase() };
const plain = (was: string | string[] | null, is: string | string[] | null) => ({ field: "status", was, is });

test("a plain field says what it was and what it is, in words", () => {
  expect(lineOf(plain("a", "b"), field, words)).toBe("status: A → B");
  expect(lineOf(plain(["a", "b"], ["c"]), field, words)).toBe("status: A, B → C");
});

test("what stood nowhere is not spoken of, and what was taken away is", () => {
  expect(lineOf(plain(null, "b"), field, words)).toBe("status: B");
  expect(lineOf(plain("a", ""), field, words)).toBe("status: A → nothing");
  expect(lineOf(plain("", null), field, words)).toBe("");
});

test("of a sealed field, and of one whose value is an id, only the change is said", () => {
  expect(lineOf({ field: "need", changed: true }, { name: "need" }, words)).toBe("changed: need");
  expect(lineOf(plain("id", "other id"), { name: "service" }, words)).toBe("changed: service");
});

test("a field without a name is left out rather than shown by its code", () => {
  expect(lineOf(plain("a", "b"), undefined, words)).toBe("");
});
