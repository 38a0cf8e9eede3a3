import { describe, expect, it } from "vitest";
import type { FigureOut } from "@/api/gen";
import { aboutOf, byColumn, byPart, byTown, columnOf } from "@/screens/statistics/figures";

const figure = (part: Partial<FigureOut>): FigureOut => ({
  indicator: "A8",
  part: "",
  row: "total",
  column: "",
  period: "2026-Q3",
  state: "shown",
  value: 1,
  mask: "",
  unit: "count",
  numerator: null,
  denominator: null,
  confidence: "firm",
  included: 7,
  teams: 7,
  labels: { en: "Missing services" },
  caveats: {},
  sentences: {},
  ...part,
});

const ofGroup = figure({
  column: "HR",
  sentences: {
    en: "In the third quarter of 2026, all teams – missing services, harm reduction: 12 needs (release 1).",
  },
});

describe("a figure", () => {
  it("is named by its own sentence", () => {
    expect(aboutOf(ofGroup, "en")).toBe("Missing services, harm reduction");
    expect(columnOf(ofGroup, "en")).toBe("Harm reduction");
  });

  it("is drawn with those of its part: by town, or by column for all towns", () => {
    const town = figure({ row: "loznica" });
    const other = figure({ row: "loznica", part: "urgent" });
    expect(byPart([town, other])).toEqual([[town], [other]]);
    expect(byTown([town, ofGroup, figure({})])).toEqual([town]);
    expect(byColumn([town, ofGroup, figure({})])).toEqual([ofGroup]);
  });
});
