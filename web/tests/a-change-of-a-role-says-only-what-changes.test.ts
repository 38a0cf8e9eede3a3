import { expect, test } from "vitest";
import type { MemberOut } from "@/api/gen";
import { memberChange, memberFlat, memberForm, memberSettled } from "@/screens/admin/member-form";

const SEEN = {
  services: ["HR-NSP", "HR-HIV"],
  organisation_steward: false,
  valid_until: "2027-03-01T12:00:00Z",
} as MemberOut;

test("what is left alone is not sent: it asks no second person and keeps its hour", () => {
  expect(memberChange(memberForm(SEEN), SEEN)).toEqual({});
  expect(memberChange({ ...memberForm(SEEN), services: ["HR-HIV", "HR-NSP"] }, SEEN)).toEqual({});
});

test("no service chosen is all of them, no day is no end", () => {
  const form = { ...memberForm(SEEN), services: [], valid_until: "" };
  expect(memberChange(form, SEEN)).toEqual({ services: null, valid_until: null });
});

test("a day holds until its end", () => {
  const form = { ...memberForm(SEEN), valid_until: "2027-04-05", organisation_steward: true };
  expect(memberChange(form, SEEN)).toEqual({
    organisation_steward: true,
    valid_until: new Date("2027-04-05T23:59").toISOString(),
  });
});

test("what somebody else has changed is settled field by field", () => {
  const mine = { ...memberForm(SEEN), organisation_steward: true };
  const theirs = memberFlat({ services: [], organisation_steward: false, valid_until: "" });
  expect(memberSettled(mine, { services: theirs["services"] ?? "" })).toEqual({ ...mine, services: [] });
  expect(memberSettled(mine, memberFlat(mine))).toEqual({ ...mine, services: ["HR-HIV", "HR-NSP"] });
});
