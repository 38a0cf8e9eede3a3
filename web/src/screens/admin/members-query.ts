import type { MembersListData, RolesCode } from "@/api/gen";
import { codesOf } from "@/reference";
import type { MembersSearch } from "./search";

/** What the service is asked for; those who work now, unless the address says otherwise. */
export const membersQuery = ({ role, team, organisation, show }: MembersSearch): MembersListData["query"] => ({
  ...(role === undefined ? {} : { role: codesOf<RolesCode>(role) }),
  ...(team === undefined ? {} : { team }),
  ...(organisation === undefined ? {} : { organisation }),
  ...(show === "all" ? {} : show === "waiting" ? { waiting: true } : { live: true }),
});
