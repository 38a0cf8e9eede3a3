import { expect, test } from "vitest";
import { eventName, FEW, newest } from "@/screens/account/event-names";

test("each act on an account is named, and one that is not known is still shown", () => {
  const said = ["membership.added", "recovery.used", "token.issued", "account.disabled"].map(
    (action) => eventName(action).message ?? eventName(action).id,
  );
  expect(new Set(said).size).toBe(4);
  expect(eventName("account.something_new")).toBe(eventName("another.one"));
});

test("the newest are shown first, and all of them when they are wanted", () => {
  const events = Array.from({ length: FEW + 3 }, (_, place) => place);
  expect(newest(events, false)).toEqual(events.slice(0, FEW));
  expect(newest(events, true)).toEqual(events);
  expect(newest([1], false)).toEqual([1]);
});
