import { describe, expect, it } from "vitest";
import { asked, auditSearch } from "@/screens/audit/search";

describe("a search of the log", () => {
  it("asks for whole days and leaves out what is empty", () => {
    const query = asked({ since: "2026-11-01", until: "2026-11-02", case: "", action: "case.read" });
    expect(query).toEqual({
      action: "case.read",
      since: new Date(2026, 10, 1).toISOString(),
      until: new Date(2026, 10, 2, 23, 59, 59, 999).toISOString(),
    });
  });

  it("asks for no day that is not one", () => {
    expect(asked({ since: "2026-1", until: "yesterday" })).toEqual({});
  });

  it("takes from an address what it knows and drops the rest", () => {
    expect(auditSearch.parse({ view: "log", queue: "coordinator", outcome: "odd", case: 7 })).toEqual({
      view: "log",
      queue: undefined,
      outcome: undefined,
      case: undefined,
    });
  });
});
