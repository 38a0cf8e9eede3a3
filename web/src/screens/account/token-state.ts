import type { TokenOut } from "@/api/gen";

type Token = Pick<TokenOut, "revoked_at" | "expires_at" | "waits_until">;

/** Whether a program works in somebody's name now. One that waits for a second person, or did in vain, does not. */
export const tokenState = (
  { revoked_at, expires_at, waits_until }: Token,
  now: number = Date.now(),
): "revoked" | "over" | "waiting" | "works" => {
  const past = (moment: string) => new Date(moment).getTime() <= now;
  if (revoked_at !== null) return "revoked";
  if (past(expires_at) || (waits_until !== null && past(waits_until))) return "over";
  return waits_until === null ? "works" : "waiting";
};
