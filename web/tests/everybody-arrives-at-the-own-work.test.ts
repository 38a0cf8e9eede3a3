import { describe, expect, it } from "vitest";
import type { MeOut } from "@/api/gen";
import { homeOf } from "@/app/navigation";

const who = (...may: MeOut["may"]) => ({ may }) as MeOut;

describe("everybody arrives at the own work", () => {
  it("in the inbox, where there are referrals", () => {
    expect(homeOf(who("case.view_coded", "audit.review"))).toBe("/");
  });
  it("at the review, who reviews", () => {
    expect(homeOf(who("audit.review", "membership.manage"))).toBe("/audit");
  });
  it("at the statistics, in the Office", () => {
    expect(homeOf(who("statistics.national"))).toBe("/statistics");
  });
  it("at what one looks after, or at the directory", () => {
    expect(homeOf(who("organisation.manage"))).toBe("/admin");
    expect(homeOf(who("directory.view"))).toBe("/directory");
  });
});
