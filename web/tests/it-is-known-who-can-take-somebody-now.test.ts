import { describe, expect, it } from "vitest";
import { capacityOf } from "@/screens/directory/capacity";
import { dayName, openUntil, opensAt } from "@/screens/directory/hours";

const WEEKDAYS = [{ byday: "MO,TU,WE,TH,FR", opens_at: "07:30", closes_at: "15:30" }];

describe("opening hours", () => {
  it("are those of Belgrade, in winter and in summer", () => {
    expect(openUntil(WEEKDAYS, new Date("2026-11-23T06:29:00Z"))).toBeUndefined();
    expect(openUntil(WEEKDAYS, new Date("2026-11-23T06:30:00Z"))).toBe("15:30");
    expect(openUntil(WEEKDAYS, new Date("2026-07-20T13:29:00Z"))).toBe("15:30");
    expect(openUntil(WEEKDAYS, new Date("2026-07-20T13:30:00Z"))).toBeUndefined();
  });

  it("say when it opens later today, and nothing at the weekend", () => {
    expect(opensAt(WEEKDAYS, new Date("2026-11-23T04:00:00Z"))).toBe("07:30");
    expect(opensAt(WEEKDAYS, new Date("2026-11-22T04:00:00Z"))).toBeUndefined();
  });

  it("name the days in the language shown", () => {
    expect(dayName("MO", "en")).toBe("Monday");
    expect(dayName("SU", "sr-Cyrl")).toBe("недеља");
  });
});

describe("free places", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  it.each([
    [2, "2026-11-20T12:00:00Z", "free"],
    [0, "2026-11-20T12:00:00Z", "full"],
    [5, "2026-11-10T12:00:00Z", "old"],
    [null, null, "unknown"],
  ] as const)("%s confirmed at %s are %s", (capacity_free, capacity_confirmed_at, worth) => {
    expect(capacityOf({ capacity_free, capacity_confirmed_at }, now)).toBe(worth);
  });
});
