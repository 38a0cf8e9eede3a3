import { describe, expect, it } from "vitest";
import type { EntryOut } from "@/api/gen";
import { classesFor } from "@/screens/case/consent/terms";

const entry = (code: string, attributes: Record<string, string>): EntryOut => ({
  code,
  item: "",
  labels: {},
  attributes,
});
const classes = [
  entry("basic_profile", { default_recipient_sectors: "health;cso;employment", limited_to_service_groups: "" }),
  entry("needs", { default_recipient_sectors: "health;cso", limited_to_service_groups: "" }),
  entry("health", { default_recipient_sectors: "health", limited_to_service_groups: "" }),
  entry("substance_use", { default_recipient_sectors: "health;cso", limited_to_service_groups: "HR;TX" }),
];
const services = [
  entry("TX-OAB", { group: "TX", sectors: "health" }),
  entry("SO-SHE", { group: "SO", sectors: "cso" }),
  entry("HR-NSP", { group: "HR", sectors: "cso" }),
];
const all = classes.map(({ code }) => code);
const gets = (sector: string, gives: string[], of = all) => classesFor({ sector, gives }, of, { classes, services });

describe("a recipient", () => {
  it("gets the classes of its sector", () => {
    expect(gets("cso", ["SO-SHE"])).toEqual(["basic_profile", "needs"]);
  });
  it("gets a class that is limited to some services only where it gives them", () => {
    expect(gets("cso", ["HR-NSP"])).toContain("substance_use");
    expect(gets("health", [])).toContain("substance_use");
    expect(gets("cso", [])).not.toContain("substance_use");
  });
  it("gets nothing beyond what the person agreed to", () => {
    expect(gets("health", ["TX-OAB"], ["basic_profile"])).toEqual(["basic_profile"]);
  });
  it("that is an employer or a school is shown the need that is referred", () => {
    expect(gets("employment", [])).toEqual(["basic_profile", "needs"]);
  });
});
