import { expect, test } from "vitest";
import { latin } from "../scripts/transliterate.ts";

test.each([
  ["Његош и љубав", "Njegoš i ljubav"],
  ["ЊЕГОШ, ЉИГ, ЏЕП", "NJEGOŠ, LJIG, DŽEP"],
  ["Џем", "Džem"],
  ["инјекција", "injekcija"],
  ["Упут за {name}, <0>већ</0> послат", "Uput za {name}, <0>već</0> poslat"],
])("%s is %s in Latin letters", (cyrillic, written) => {
  expect(latin(cyrillic)).toBe(written);
});
