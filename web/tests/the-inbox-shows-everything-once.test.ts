import { expect, test } from "vitest";
import type { InboxLine, InboxOut } from "@/api/gen";
import { nothingWaits, partsOf, waiting } from "@/screens/inbox/parts";

const line = (id: string, code = id): InboxLine => ({
  id,
  code,
  team: "t",
  spoken_name: "tihi javor",
  service_code: "",
  urgency: "routine",
  status: "requested",
  due_at: null,
});
const inbox = (change: Partial<InboxOut>): InboxOut => ({
  to_answer: [],
  overdue: [],
  answered_not_acknowledged: [],
  expiring_consent: [],
  ...change,
});

test("what is late and has to be answered stands with what has to be answered, and counts once", () => {
  const both = inbox({ to_answer: [line("a")], overdue: [line("a"), line("b")] });
  expect(partsOf(both).overdue.map((one) => one.id)).toEqual(["b"]);
  expect(waiting(both)).toBe(2);
});

test("of two consents of one case the first to end is shown", () => {
  const two = inbox({ expiring_consent: [line("c1", "LO-1"), line("c2", "LO-1"), line("c3", "LO-2")] });
  expect(partsOf(two).expiring_consent.map((one) => one.id)).toEqual(["c1", "c3"]);
});

test("a consent that ends soon is shown, but no referral waits", () => {
  const one = inbox({ expiring_consent: [line("c")] });
  expect(waiting(one)).toBe(0);
  expect(nothingWaits(one)).toBe(false);
  expect(nothingWaits(inbox({}))).toBe(true);
});
