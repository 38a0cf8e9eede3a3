// Writes every sr-Latn.po from the sr-Cyrl.po beside it. Serbian goes from Cyrillic to Latin without loss.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { latin } from "./transliterate.ts";

const translated = (block, source) => {
  const id = block.match(/^msgid (".*"(?:\n".*")*)/m);
  if (id === null || id[1] === '""') return block;
  return block.replace(/^msgstr "(?:.*)"(?:\n".*")*/m, () => `msgstr ${latin(source)}`);
};

for (const path of globSync("src/**/locales/sr-Cyrl.po")) {
  const text = readFileSync(path, "utf8").replace('"Language: sr-Cyrl\\n"', '"Language: sr-Latn\\n"');
  const blocks = text.split("\n\n").map((block) => {
    const source = block.match(/^msgstr (".*"(?:\n".*")*)/m)?.[1] ?? '""';
    return translated(block, source);
  });
  writeFileSync(path.replace("sr-Cyrl.po", "sr-Latn.po"), blocks.join("\n\n"));
}
