import { expect, test } from "vitest";
import { intervalBody, intervalChange, intervalForm, standingOf } from "@/screens/admin/interval";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const BEGUN = "2026-01-01T09:30:00Z";

test("it holds from its first moment until its last", () => {
  expect(standingOf({ valid_from: BEGUN, valid_until: null }, NOW)).toBe("holds");
  expect(standingOf({ valid_from: BEGUN, valid_until: "2026-11-23T10:00:01Z" }, NOW)).toBe("holds");
  expect(standingOf({ valid_from: BEGUN, valid_until: "2026-11-23T10:00:00Z" }, NOW)).toBe("over");
  expect(standingOf({ valid_from: "2026-12-01T00:00:00Z", valid_until: null }, NOW)).toBe("ahead");
});

test("a new one without a first day begins now, without a last day it has no end", () => {
  expect(intervalBody({ valid_from: "", valid_until: "" })).toEqual({});
  expect(intervalBody({ valid_from: "2026-12-01", valid_until: "2026-12-31" })).toEqual({
    valid_from: new Date("2026-12-01T00:00").toISOString(),
    valid_until: new Date("2026-12-31T23:59").toISOString(),
  });
});

test("a day that was left alone keeps its hour", () => {
  const seen = { valid_from: BEGUN, valid_until: "2027-01-01T12:15:00Z" };
  expect(intervalChange(intervalForm(seen), seen)).toEqual(seen);
  expect(intervalChange({ ...intervalForm(seen), valid_until: "2027-02-03" }, seen)).toEqual({
    valid_from: BEGUN,
    valid_until: new Date("2027-02-03T23:59").toISOString(),
  });
});

test("an end is taken away by emptying it, a beginning never", () => {
  const seen = { valid_from: BEGUN, valid_until: "2027-01-01T12:15:00Z" };
  expect(intervalChange({ valid_from: "", valid_until: "" }, seen)).toEqual({ valid_from: BEGUN, valid_until: null });
});
