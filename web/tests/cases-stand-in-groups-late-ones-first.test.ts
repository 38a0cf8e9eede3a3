import { describe, expect, it } from "vitest";
import type { CaseRow } from "@/api/gen";
import { grouped } from "@/screens/cases/group";

const NOW = new Date("2026-11-23T10:00:00Z");

const row = (id: string, some: Partial<CaseRow> = {}): CaseRow => ({
  id,
  code: id,
  spoken_name: id,
  status: "active",
  urgency: "routine",
  team: "t1",
  holder: "o1",
  assigned_to: null,
  opened_on: "2026-11-01",
  review_due: null,
  triage_due_at: null,
  ...some,
});

describe("cases", () => {
  it("stand in groups, the late ones first, then by urgency, the closed ones last", () => {
    const rows = [
      row("closed", { status: "closed", review_due: "2026-01-01" }),
      row("plain"),
      row("urgent", { urgency: "urgent" }),
      row("late", { review_due: "2026-11-22" }),
      row("now", { urgency: "stat" }),
    ];
    expect(grouped(rows, NOW).map(({ key }) => key)).toEqual(["late", "stat", "urgent", "routine", "closed"]);
  });
  it("are late when their review or the decision on them is due since yesterday, not on the day itself", () => {
    const rows = [
      row("today", { review_due: "2026-11-23" }),
      row("decide", { status: "proposed", triage_due_at: "2026-11-23T09:00:00Z" }),
      row("soon", { status: "proposed", triage_due_at: "2026-11-23T11:00:00Z" }),
    ];
    const late = grouped(rows, NOW).find(({ key }) => key === "late");
    expect(late?.rows.map(({ id }) => id)).toEqual(["decide"]);
  });
  it("keep the order of the service within a group", () => {
    expect(grouped([row("b"), row("a")], NOW)[0]?.rows.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});
