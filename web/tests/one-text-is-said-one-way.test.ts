import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// All catalogues end up in one table by the Serbian text: two translations of one text would take turns.
const entries = (path: string): (readonly [string, string])[] =>
  readFileSync(path, "utf8")
    .split("\n\n")
    .flatMap((block) => {
      const id = /^msgid "(.+)"$/m.exec(block)?.[1];
      const said = /^msgstr "(.*)"$/m.exec(block)?.[1];
      return id === undefined || said === undefined ? [] : [[id, said] as const];
    });

test.each(["en", "sr-Latn", "sr-Cyrl"])("no text is missing or said in two ways: %s", (locale) => {
  const said = new Map<string, Set<string>>();
  for (const path of globSync(`src/**/locales/${locale}.po`))
    for (const [id, text] of entries(path)) said.set(id, (said.get(id) ?? new Set()).add(text));
  expect(said.size).toBeGreaterThan(500);
  expect([...said].filter(([, texts]) => texts.size > 1 || texts.has(""))).toEqual([]);
});
