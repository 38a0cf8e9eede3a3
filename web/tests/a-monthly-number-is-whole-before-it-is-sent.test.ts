import { expect, test } from "vitest";
import type { EntryOut } from "@/api/gen";
import { amountOf, itemsOf, monthsBack, tallyBody } from "@/screens/statistics/tallies";

const WHOLE = { team: "t", service: "s", item: "syringes_out", month: "2026-10", amount: "1.200" };

test("a number is whole, not negative, and no more than a million", () => {
  expect(amountOf("0")).toBe(0);
  expect(amountOf(" 1.200 ")).toBe(1200);
  expect(amountOf("1 200")).toBe(1200);
  expect(amountOf("1000000")).toBe(1_000_000);
  for (const wrong of ["", "-1", "1,5", "1000001", "двадесет", "1e3"]) expect(amountOf(wrong)).toBeUndefined();
});

test("nothing is sent while something is missing", () => {
  expect(tallyBody(WHOLE)).toEqual({ ...WHOLE, amount: 1200 });
  for (const name of ["team", "service", "item", "month", "amount"]) {
    expect(tallyBody({ ...WHOLE, [name]: "" })).toBeUndefined();
  }
});

test("what is counted goes with the service", () => {
  const list = [
    { code: "syringes_out", attributes: { service_codes: "HR-NSP;HR-SEC" } },
    { code: "hiv_tests", attributes: { service_codes: "HR-HIV;PR-TST" } },
  ] as unknown as EntryOut[];
  expect(itemsOf(list, "HR-SEC")).toEqual(["syringes_out"]);
  expect(itemsOf(list, "PR-TST")).toEqual(["hiv_tests"]);
  expect(itemsOf(list, "HR")).toEqual([]);
});

test("this month and two years back may be told, over the turn of a year", () => {
  const months = monthsBack(new Date(2026, 1, 10));
  expect(months.slice(0, 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
  expect(months).toHaveLength(25);
  expect(months.at(-1)).toBe("2024-02");
});
