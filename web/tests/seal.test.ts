// @vitest-environment node
import { expect, test } from "vitest";
import { importKey, open, seal } from "@/drafts/seal";

const keyOf = (letter: string) => importKey(1, btoa(letter.repeat(32)));
const draft = { text: "Разговор обављен, следи преглед.", namesChecked: false };

test("what was sealed opens again under the same key and place", async () => {
  const key = await keyOf("a");
  expect(await open(key, "note 1", await seal(key, "note 1", draft))).toEqual(draft);
});

test("no letter of the text is in what is kept", async () => {
  const { text } = await seal(await keyOf("a"), "note 1", draft);
  expect(new TextDecoder().decode(text)).not.toContain("Разговор");
});

test.each([
  ["another key", "b", "note 1"],
  ["another place", "a", "note 2"],
])("it does not open under %s", async (_name, letter, place) => {
  const sealed = await seal(await keyOf("a"), "note 1", draft);
  await expect(open(await keyOf(letter), place, sealed)).rejects.toThrow();
});

test("a changed byte is refused", async () => {
  const key = await keyOf("a");
  const sealed = await seal(key, "note 1", draft);
  const bytes = new Uint8Array(sealed.text);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await expect(open(key, "note 1", sealed)).rejects.toThrow();
});
