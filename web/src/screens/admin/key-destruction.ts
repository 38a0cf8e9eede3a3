import type { EntryOut, KeyDestructionOut, MeOut, TeamOut } from "@/api/gen";

const DESTROY = "key.destroy_team";
const CUSTODIAN = "key_custodian";
/** Whether somebody has typed the letters of this very team; nothing that only looks like them will do. */
export const isTyped = (prefix: string, text: string): boolean => text.trim().toUpperCase() === prefix;

/** Who asks belongs to the team by a role that the table of roles lets ask. */
export const mayAsk = (me: MeOut, team: TeamOut, matrix: readonly EntryOut[]): boolean => {
  const line = matrix.find(({ code }) => code === DESTROY);
  return me.seats.some((seat) => seat.team === team.id && line?.attributes[seat.role] === "yes");
};

/** The second person holds the root keys, and never asked for it. */
export const mayExecute = (me: MeOut, one: KeyDestructionOut): boolean =>
  one.asked_by !== me.id && me.seats.some(({ role }) => role === CUSTODIAN);

/** What stands of the keys of a team: the newest word that still counts. */
export const keysOf = (team: string, all: readonly KeyDestructionOut[]): KeyDestructionOut | undefined =>
  all.find((one) => one.team === team && !["declined", "lapsed"].includes(one.state));
