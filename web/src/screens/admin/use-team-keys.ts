import { useQuery } from "@tanstack/react-query";
import type { KeyDestructionOut, TeamOut } from "@/api/gen";
import { keyDestructionsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { may, useMe } from "@/session/me";
import { keysOf, mayAsk } from "./key-destruction";

const query = { page_size: 100 };

/** What stands of the keys of each team, for who may ask for their end or bring it about. Wants `roles_matrix`. */
export const useTeamKeys = () => {
  const me = useMe();
  const matrix = useEntries("roles_matrix");
  const enabled = may(me, "key.destroy_team");
  const asked = useQuery({ ...keyDestructionsListOptions({ query }), enabled });
  const all = asked.data?.results ?? [];
  return {
    error: asked.error ?? undefined,
    of: (team: TeamOut): { keys: KeyDestructionOut | undefined; asks: boolean } => ({
      keys: keysOf(team.id, all),
      asks: asked.data !== undefined && mayAsk(me, team, matrix),
    }),
  };
};
