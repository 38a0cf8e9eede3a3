import type {
  BasisOut,
  ErasureOut,
  InvitationOut,
  KeyDestructionOut,
  LookRow,
  MemberOut,
  MeOut,
  MergeOut,
  RecoveryOut,
  RequestOut,
  TokenOut,
} from "@/api/gen";
import { may } from "@/session/me";

export type WaitingItem =
  | { kind: "keys"; of: KeyDestructionOut }
  | { kind: "glass"; of: LookRow }
  | { kind: "member"; of: MemberOut }
  | { kind: "invitation"; of: InvitationOut }
  | { kind: "token"; of: TokenOut }
  | { kind: "exception"; of: BasisOut }
  | { kind: "merge"; of: MergeOut }
  | { kind: "erasure"; of: ErasureOut }
  | { kind: "recovery"; of: RecoveryOut }
  | { kind: "rights"; of: RequestOut };

const LASTS = 14 * 86_400_000;

/** What nobody has answered by then has lapsed; the service holds to it. */
export const lapsesAt = (asked: string): string => new Date(new Date(asked).getTime() + LASTS).toISOString();

/** Recoveries stand open until another person agrees, the link is used, or the time is over. */
export const isOpenRecovery = (one: RecoveryOut, now: number = Date.now()): boolean =>
  one.used_at === null && one.revoked_at === null && new Date(one.expires_at).getTime() > now;

export const recoveryWaits = (one: RecoveryOut, me: MeOut): boolean =>
  isOpenRecovery(one) && one.confirmed_by === null && one.user !== me.id;

/** Everything held is given out only when somebody else than who recorded the request has said yes. */
export const rightsWait = (one: RequestOut, me: MeOut): boolean =>
  one.kind === "access" && one.confirmed_by === null && one.recorded_by !== me.id;

/** A fourth look in thirty days waits for somebody else, for an hour. */
export const glassWaits = (one: LookRow, me: MeOut): boolean => one.state === "waiting" && one.person !== me.id;

/** First it is confirmed; then somebody carries it out who did not confirm it. */
export const erasureWaits = (one: ErasureOut, me: MeOut): boolean =>
  one.state === "requested" || (one.state === "confirmed" && may(me, "erasure.execute") && one.confirmed_by !== me.id);
