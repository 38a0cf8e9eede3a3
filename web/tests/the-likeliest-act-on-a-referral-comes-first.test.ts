import { expect, test } from "vitest";
import { actsOf, isReport, sorted } from "@/screens/referral/acts/kinds";

test("who is asked accepts, declines or asks; cancelling waits in the menu", () => {
  const acts = actsOf({ allowed_actions: ["accept", "ask", "cancel", "reject"] });
  expect(sorted(acts)).toEqual({ shown: ["accept", "reject", "ask"], more: ["cancel"] });
});

test("a question that waits comes before everything else", () => {
  expect(actsOf({ allowed_actions: ["accept", "reject", "reply"] })[0]).toBe("reply");
});

test("what is hard to take back is never a large button", () => {
  const acts = actsOf({ allowed_actions: ["cancel", "correct", "fail", "hold", "undo"] });
  expect(sorted(acts).shown).toEqual([]);
});

test("an act that the app does not know is not offered", () => {
  expect(actsOf({ allowed_actions: ["reveal", "accept"] })).toEqual(["accept"]);
});

test("only the answer of somebody else is a report", () => {
  expect(isReport("accept", false)).toBe(true);
  expect(isReport("accept", true)).toBe(false);
  expect(isReport("acknowledge", false)).toBe(false);
});
