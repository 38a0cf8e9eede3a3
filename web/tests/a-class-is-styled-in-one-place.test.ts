import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const plain = (css: string): string => css.replace(/\/\*.*?\*\//gs, "");
/** The classes with which the selectors of a sheet begin: a screen may restyle what stands within its own. */
const begins = (css: string): string[] =>
  [...plain(css).matchAll(/(?:^|[},{])\s*\.([a-z][\w-]*)/g)].map(([, name = ""]) => name);

test("no class begins in two sheets: once both screens were visited, one would change the other", () => {
  const sheets = new Map<string, Set<string>>();
  for (const path of globSync("src/**/*.css"))
    for (const name of begins(readFileSync(path, "utf8")))
      if (!name.startsWith("mantine-")) sheets.set(name, (sheets.get(name) ?? new Set()).add(path));
  expect(sheets.size).toBeGreaterThan(100);
  expect([...sheets].filter(([, paths]) => paths.size > 1)).toEqual([]);
});
