import * as z from "zod/mini";
import type { MunicipalitiesCode, OrganisationInRequest, OrganisationOut, SectorsCode } from "@/api/gen";
import { isCode } from "@/reference";
import type { Flat } from "./conflict";

const given = () => z.string().check(z.trim(), z.minLength(1));
export const organisationSchema = z.object({
  name: given(),
  sector: given(),
  municipality: z.string(),
  phone: z.string().check(z.trim()),
  has_accounts: z.boolean(),
  is_active: z.boolean(),
});
export type OrganisationForm = z.infer<typeof organisationSchema>;

export const NO_ORGANISATION: OrganisationForm = {
  name: "",
  sector: "",
  municipality: "",
  phone: "",
  has_accounts: true,
  is_active: true,
};

export const organisationForm = (one: OrganisationOut): OrganisationForm => ({
  name: one.name,
  sector: one.sector,
  municipality: one.municipality ?? "",
  phone: one.phone,
  has_accounts: one.has_accounts,
  is_active: one.is_active,
});

/** What is entered; whether it still works is only changed later. */
export const organisationBody = (form: OrganisationForm): OrganisationInRequest | undefined => {
  const { name, sector, municipality, phone, has_accounts } = form;
  if (!isCode<SectorsCode>(sector)) return undefined;
  const town = isCode<MunicipalitiesCode>(municipality) ? municipality : null;
  return { name, sector, municipality: town, phone, has_accounts };
};

export const organisationFlat = (form: OrganisationForm): Flat => ({
  ...form,
  has_accounts: String(form.has_accounts),
  is_active: String(form.is_active),
});

/** With the fields as they were settled. */
export const organisationSettled = (form: OrganisationForm, settled: Flat): OrganisationForm => {
  const flat = { ...organisationFlat(form), ...settled };
  return {
    name: flat["name"] ?? "",
    sector: flat["sector"] ?? "",
    municipality: flat["municipality"] ?? "",
    phone: flat["phone"] ?? "",
    has_accounts: flat["has_accounts"] === "true",
    is_active: flat["is_active"] === "true",
  };
};
