import { describe, expect, it } from "vitest";
import { greatest, steps, written } from "@/charts/numbers";

describe("numbers of a chart", () => {
  it("are written as the language writes them, shares with their sign", () => {
    expect(written(1209, "sr-Cyrl", "count")).toBe("1.209");
    expect(written(1209, "en", "count")).toBe("1,209");
    expect(written(57, "en", "per_cent")).toBe("57 %");
  });

  it("have an axis in whole steps that reaches the greatest of them", () => {
    expect(steps(58)).toEqual([0, 20, 40, 60]);
    expect(steps(3)).toEqual([0, 1, 2, 3]);
    expect(steps(1).at(-1)).toBe(1);
    for (const top of [1, 7, 49, 101, 999]) expect(steps(top).at(-1)).toBeGreaterThanOrEqual(top);
  });

  it("leave out what is not shown, and never make a scale without length", () => {
    expect(greatest([null, 4, 9])).toBe(9);
    expect(greatest([null, 0])).toBe(1);
  });
});
