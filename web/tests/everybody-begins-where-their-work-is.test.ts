import { expect, test } from "vitest";
import { homeOf } from "@/app/navigation";

const of = (...may: string[]) => homeOf({ may });

test("who sees cases begins at the inbox, whatever else they may do", () => {
  expect(of("case.view_coded", "audit.review", "membership.manage")).toBe("/");
});

test("who does not is never sent there, for the service would refuse what it asks", () => {
  expect(of("audit.review", "statistics.team", "membership.manage")).toBe("/audit");
  expect(of("audit.review_lead", "statistics.public")).toBe("/audit");
  expect(of("statistics.national", "statistics.public", "directory.view")).toBe("/statistics");
  expect(of("account.disable", "statistics.public", "directory.view")).toBe("/admin");
  expect(of("statistics.public", "directory.view")).toBe("/statistics");
  expect(of("directory.view")).toBe("/directory");
});

test("who may do nothing at all begins at the own account", () => {
  expect(of()).toBe("/account");
});
