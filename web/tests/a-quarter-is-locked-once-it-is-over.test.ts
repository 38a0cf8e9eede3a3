import { describe, expect, it } from "vitest";
import { isOver, periodsToPrepare, quartersUpTo } from "@/screens/statistics/periods";

const NOVEMBER = new Date(2026, 10, 23);

describe("quarters", () => {
  it("go back over the turn of the year", () => {
    expect(quartersUpTo(new Date(2026, 1, 1), 3)).toEqual(["2026-Q1", "2025-Q4", "2025-Q3"]);
  });

  it("are over when their last day is", () => {
    expect(isOver("2026-Q3", NOVEMBER)).toBe(true);
    expect(isOver("2026-Q4", NOVEMBER)).toBe(false);
    expect(isOver("2025-Q4", NOVEMBER)).toBe(true);
  });
});

describe("periods of a release", () => {
  it("are over, and for the public whole years alone", () => {
    expect(periodsToPrepare("C", NOVEMBER)).toEqual(["2025", "2024"]);
    expect(periodsToPrepare("B", NOVEMBER)).toContain("2026-Q3");
    expect(periodsToPrepare("B", NOVEMBER)).toContain("2026-H1");
    expect(periodsToPrepare("B", NOVEMBER)).not.toContain("2026-Q4");
    expect(periodsToPrepare("B", NOVEMBER)).not.toContain("2026-H2");
  });
});
