import { expect, test } from "vitest";
import { tokenState } from "@/screens/account/token-state";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const BEFORE = "2026-11-20T12:00:00Z";
const AFTER = "2026-12-20T12:00:00Z";
const works = { revoked_at: null, expires_at: AFTER, waits_until: null };

test("it works until it ends", () => {
  expect(tokenState(works, NOW)).toBe("works");
  expect(tokenState({ ...works, expires_at: BEFORE }, NOW)).toBe("over");
});

test("what was revoked is revoked, whatever else is said", () => {
  expect(tokenState({ revoked_at: BEFORE, expires_at: BEFORE, waits_until: AFTER }, NOW)).toBe("revoked");
});

test("before a second person has confirmed it, it opens nothing", () => {
  expect(tokenState({ ...works, waits_until: AFTER }, NOW)).toBe("waiting");
  expect(tokenState({ ...works, waits_until: BEFORE }, NOW)).toBe("over");
});
