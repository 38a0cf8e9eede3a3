import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { asProblem } from "@/api";
import type {
  ErasureOut,
  InvitationOut,
  MemberOut,
  MeOut,
  MergeOut,
  RecoveryOut,
  RequestOut,
  TokenOut,
} from "@/api/gen";
import {
  erasuresListOptions,
  invitationsListOptions,
  membersListOptions,
  mergesListOptions,
  recoveriesListOptions,
  rightsRequestsListOptions,
  tokensListOptions,
} from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";

export type WaitingItem =
  | { kind: "member"; of: MemberOut }
  | { kind: "invitation"; of: InvitationOut }
  | { kind: "token"; of: TokenOut }
  | { kind: "merge"; of: MergeOut }
  | { kind: "erasure"; of: ErasureOut }
  | { kind: "recovery"; of: RecoveryOut }
  | { kind: "rights"; of: RequestOut };

const query = { waiting: true, page_size: 100 };
const NOT_MINE: readonly number[] = [403, 404];

/** Recoveries stand open until another person agrees, the link is used, or the time is over. */
export const isOpenRecovery = (one: RecoveryOut, now: number = Date.now()): boolean =>
  one.used_at === null && one.revoked_at === null && new Date(one.expires_at).getTime() > now;

export const recoveryWaits = (one: RecoveryOut, me: MeOut): boolean =>
  isOpenRecovery(one) && one.confirmed_by === null && one.user !== me.id;

/** Everything held is given out only when somebody else than who recorded the request has said yes. */
export const rightsWait = (one: RequestOut, me: MeOut): boolean =>
  one.kind === "access" && one.confirmed_by === null && one.recorded_by !== me.id;

/** What waits for a second person, as far as it is open to me; and whether all of it has come. */
export const useWaiting = () => {
  const me = useMe();
  const members = useQuery({ ...membersListOptions({ query }), retry: false });
  const invitations = useQuery({ ...invitationsListOptions({ query }), retry: false });
  const tokens = useQuery({ ...tokensListOptions({ query }), retry: false });
  const merges = useQuery({ ...mergesListOptions({ query }), retry: false });
  const erasures = useQuery({ ...erasuresListOptions({ query }), retry: false });
  const recoveries = useQuery({
    ...recoveriesListOptions({ query: { page_size: 100 } }),
    retry: false,
    enabled: may(me, "account.disable"),
  });
  const rights = useQuery({
    ...rightsRequestsListOptions({ query: { open: true, page_size: 100 } }),
    retry: false,
    enabled: may(me, "rights_request.answer"),
  });
  const items: WaitingItem[] = [
    ...rows(erasures)
      .filter(({ state }) => state === "requested")
      .map((of) => ({ kind: "erasure" as const, of })),
    ...rows(recoveries)
      .filter((one) => recoveryWaits(one, me))
      .map((of) => ({ kind: "recovery" as const, of })),
    ...rows(rights)
      .filter((one) => rightsWait(one, me))
      .map((of) => ({ kind: "rights" as const, of })),
    ...rows(merges).map((of) => ({ kind: "merge" as const, of })),
    ...rows(members).map((of) => ({ kind: "member" as const, of })),
    ...rows(invitations).map((of) => ({ kind: "invitation" as const, of })),
    ...rows(tokens).map((of) => ({ kind: "token" as const, of })),
  ];
  const asked = [members, invitations, tokens, merges, erasures, recoveries, rights];
  const failed = asked.find((one) => one.isError && !NOT_MINE.includes(asProblem(one.error).status));
  return { items, waits: asked.some((one) => one.isLoading), error: failed?.error };
};

const rows = <Row>(of: UseQueryResult<{ results: Row[] }, unknown>): Row[] => of.data?.results ?? [];
