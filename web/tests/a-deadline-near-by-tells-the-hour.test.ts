import { expect, test } from "vitest";
import { day, dayAndTime, fromField, toField, until } from "@/ui/dates";

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

test("tomorrow is told with the hour, next week without", () => {
  const near = inHours(20);
  const far = inHours(200);
  expect(until(near, "en")).toBe(dayAndTime(near, "en"));
  expect(until(far, "en")).toBe(day(far, "en"));
});

test("what a field of the browser holds is the same moment again", () => {
  const moment = new Date("2026-11-23T10:05:00Z");
  expect(fromField(toField(moment))).toBe(moment.toISOString());
});
