import * as z from "zod/mini";
import type { MunicipalitiesCode, PatchedServiceChangeRequest, ServiceOut } from "@/api/gen";
import { codesOf } from "@/reference";
import type { Flat } from "./conflict";

export const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

const time = () => z.string().check(z.regex(/^\d\d:\d\d$/));
const hoursSchema = z.object({
  days: z.array(z.string()).check(z.minLength(1)),
  opens_at: time(),
  closes_at: time(),
});
export const serviceSchema = z.object({
  code: z.string().check(z.minLength(1)),
  name: z.string().check(z.trim()),
  phone: z.string().check(z.trim()),
  address: z.string().check(z.trim()),
  eligibility: z.string().check(z.trim()),
  area_served: z.array(z.string()),
  schedule: z.array(hoursSchema),
  is_active: z.boolean(),
});
export type ServiceForm = z.infer<typeof serviceSchema>;
export type HoursForm = z.infer<typeof hoursSchema>;

export const WORKDAYS: HoursForm = { days: DAYS.slice(0, 5), opens_at: "08:00", closes_at: "16:00" };
export const NO_SERVICE: ServiceForm = {
  code: "",
  name: "",
  phone: "",
  address: "",
  eligibility: "",
  area_served: [],
  schedule: [],
  is_active: true,
};

export const serviceForm = (one: ServiceOut): ServiceForm => ({
  code: one.code,
  name: one.name,
  phone: one.phone,
  address: one.address,
  eligibility: one.eligibility,
  area_served: one.area_served,
  schedule: one.schedule.map(({ byday, ...hours }) => ({ ...hours, days: byday.split(",") })),
  is_active: one.is_active,
});

/** Days in the order of the week, however they were chosen. */
const byday = (days: readonly string[]): string => DAYS.filter((day) => days.includes(day)).join(",");

export const serviceBody = ({
  code: _,
  area_served,
  schedule,
  ...plain
}: ServiceForm): PatchedServiceChangeRequest => ({
  ...plain,
  area_served: codesOf<MunicipalitiesCode>(...area_served),
  schedule: schedule.map(({ days, ...hours }) => ({ ...hours, byday: byday(days) })),
});

/** One line for each part of the week; lines and areas are compared as one text. */
export const serviceFlat = (form: ServiceForm): Flat => ({
  name: form.name,
  phone: form.phone,
  address: form.address,
  eligibility: form.eligibility,
  area_served: [...form.area_served].sort().join(","),
  schedule: form.schedule.map((one) => `${byday(one.days)} ${one.opens_at} ${one.closes_at}`).join("\n"),
  is_active: String(form.is_active),
});

/** With each field from the side that was chosen for it. */
export const serviceSettled = (mine: ServiceForm, theirs: ServiceForm, settled: Flat): ServiceForm => {
  const ours = serviceFlat(mine);
  const taken = <Key extends keyof ServiceForm>(key: Key): ServiceForm[Key] =>
    settled[key] === undefined || settled[key] === ours[key] ? mine[key] : theirs[key];
  return {
    code: mine.code,
    name: taken("name"),
    phone: taken("phone"),
    address: taken("address"),
    eligibility: taken("eligibility"),
    area_served: taken("area_served"),
    schedule: taken("schedule"),
    is_active: taken("is_active"),
  };
};
