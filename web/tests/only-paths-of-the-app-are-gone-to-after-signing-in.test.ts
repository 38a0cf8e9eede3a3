import { expect, test } from "vitest";
import { safeNext } from "@/session/next";

test.each([
  ["/cases?urgency=high#x", "/cases?urgency=high#x"],
  ["/referrals/1", "/referrals/1"],
])("%s is gone to", (next, place) => {
  expect(safeNext(next)).toBe(place);
});

test.each([
  undefined,
  "",
  "cases",
  "//elsewhere.example/",
  "/\\elsewhere.example/",
  "https://elsewhere.example/",
  "javascript:alert(1)",
  "/\t/elsewhere.example",
  "/api/v1/me",
  "/transparency",
  "/sign-in?next=/sign-in",
])("%s is not: the inbox is shown", (next) => {
  expect(safeNext(next)).toBe("/");
});
