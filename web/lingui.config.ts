import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";
import { readdirSync } from "node:fs";

const screens = readdirSync(new URL("src/screens", import.meta.url));
/** Each screen has its own texts, loaded with its code; what all screens share is the app's. The source is Serbian in
 * Cyrillic; Latin is made from it. */
export default defineConfig({
  sourceLocale: "sr-Cyrl",
  locales: ["sr-Cyrl", "sr-Latn", "en"],
  catalogs: [
    { path: "<rootDir>/src/app/locales/{locale}", include: ["<rootDir>/src"], exclude: ["<rootDir>/src/screens"] },
    ...screens.map((screen) => ({
      path: `<rootDir>/src/screens/${screen}/locales/{locale}`,
      include: [`<rootDir>/src/screens/${screen}`],
    })),
  ],
  format: formatter({ lineNumbers: false }),
});
