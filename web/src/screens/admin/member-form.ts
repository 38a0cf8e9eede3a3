import type { MemberOut, PatchedMemberChangeRequest, ServicesCode } from "@/api/gen";
import { codesOf } from "@/reference";
import type { Flat } from "./conflict";
import { dayOf, endOf } from "./interval";

export interface MemberForm {
  /** None chosen: all services of the organisation. */
  services: string[];
  organisation_steward: boolean;
  /** A day, or nothing for a role without an end. */
  valid_until: string;
}

export const memberForm = (one: MemberOut): MemberForm => ({
  services: [...(one.services ?? [])],
  organisation_steward: one.organisation_steward,
  valid_until: dayOf(one.valid_until),
});

const listed = (services: readonly string[]): string => [...services].sort().join(",");

/** Only what was changed: what is left alone keeps its hour, and asks no second person. */
export const memberChange = (form: MemberForm, seen: MemberOut): PatchedMemberChangeRequest => {
  const before = memberForm(seen);
  const services = form.services.length === 0 ? null : codesOf<ServicesCode>(...form.services);
  const end = form.valid_until === "" ? null : endOf(form.valid_until);
  const { organisation_steward } = form;
  return {
    ...(listed(form.services) === listed(before.services) ? {} : { services }),
    ...(organisation_steward === before.organisation_steward ? {} : { organisation_steward }),
    ...(form.valid_until === before.valid_until ? {} : { valid_until: end }),
  };
};

export const memberFlat = (form: MemberForm): Flat => ({
  services: listed(form.services),
  organisation_steward: String(form.organisation_steward),
  valid_until: form.valid_until,
});

/** With the fields as they were settled. */
export const memberSettled = (form: MemberForm, settled: Flat): MemberForm => {
  const flat = { ...memberFlat(form), ...settled };
  return {
    services: (flat["services"] ?? "").split(",").filter((code) => code !== ""),
    organisation_steward: flat["organisation_steward"] === "true",
    valid_until: flat["valid_until"] ?? "",
  };
};
