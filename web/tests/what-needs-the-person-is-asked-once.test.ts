import { expect, test } from "vitest";
import { factorAgain } from "@/api/asked";

test("one sheet answers all who wait, and the next one is asked anew", async () => {
  let shown = 0;
  let finish: (done: boolean) => void = () => undefined;
  factorAgain.shownBy(() => {
    shown += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const first = [factorAgain.ask(), factorAgain.ask()];
  finish(true);
  expect(await Promise.all(first)).toEqual([true, true]);
  const later = factorAgain.ask();
  finish(false);
  expect(await later).toBe(false);
  expect(shown).toBe(2);
});

test("with nothing to show it, the refusal goes to who asked", async () => {
  factorAgain.shownBy(undefined);
  expect(await factorAgain.ask()).toBe(false);
});
