import type { MeOut, RolesCode } from "@/api/gen";

/** Which roles this person may propose somebody for. The service decides; this keeps the list short. */
export const rolesGiven = (me: MeOut): RolesCode[] => {
  const may = (permission: string) => me.may.includes(permission);
  const steward = may("membership.invite_own") && me.seats.some((one) => one.steward);
  return [
    ...(may("membership.manage") || steward ? (["member"] as const) : []),
    ...(steward || may("account.create") ? (["partner_worker"] as const) : []),
    ...(may("membership.appoint_coordinator") ? (["coordinator", "deputy_coordinator"] as const) : []),
    ...(may("role.appoint")
      ? ([
          "municipal_lead",
          "data_protection_officer",
          "national_analyst",
          "release_officer",
          "directory_admin",
          "key_custodian",
          "platform_admin",
        ] as const)
      : []),
  ];
};

const OF_A_TEAM: readonly string[] = [
  "coordinator",
  "deputy_coordinator",
  "member",
  "municipal_lead",
  "data_protection_officer",
];
const OF_AN_ORGANISATION: readonly string[] = ["coordinator", "deputy_coordinator", "member", "partner_worker"];
const LIMITED: readonly string[] = ["member", "partner_worker"];

export const hasTeam = (role: string): boolean => OF_A_TEAM.includes(role);
export const hasOrganisation = (role: string): boolean => OF_AN_ORGANISATION.includes(role);
export const hasServices = (role: string): boolean => LIMITED.includes(role);
