import * as z from "zod/mini";
import type { InvitationInRequest, RolesCode, ServicesCode } from "@/api/gen";
import { codesOf, isCode } from "@/reference";
import { hasOrganisation, hasServices, hasTeam } from "./roles-given";

/** Where somebody will work and as what: the same for an invitation and for a role of an account. */
export const placeSchema = z.object({
  role: z.string().check(z.minLength(1)),
  team: z.string(),
  organisation: z.string(),
  services: z.array(z.string()),
  organisation_steward: z.boolean(),
});
export type PlaceForm = z.infer<typeof placeSchema>;

export const NO_PLACE: PlaceForm = { role: "", team: "", organisation: "", services: [], organisation_steward: false };

/** Only what goes with the role is sent: a role that was chosen before leaves nothing behind. */
export const placeBody = (given: PlaceForm): InvitationInRequest | undefined => {
  const { role } = given;
  if (!isCode<RolesCode>(role)) return undefined;
  const services = codesOf<ServicesCode>(...given.services);
  return {
    role,
    ...(hasTeam(role) && given.team !== "" ? { team: given.team } : {}),
    ...(hasOrganisation(role) && given.organisation !== "" ? { organisation: given.organisation } : {}),
    ...(hasServices(role) && services.length > 0 ? { services } : {}),
    ...(hasOrganisation(role) && given.organisation_steward ? { organisation_steward: true } : {}),
  };
};
