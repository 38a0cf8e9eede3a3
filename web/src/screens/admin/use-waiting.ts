import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { asProblem } from "@/api";
import {
  breakGlassListOptions,
  erasuresListOptions,
  invitationsListOptions,
  keyDestructionsListOptions,
  membersListOptions,
  mergesListOptions,
  recoveriesListOptions,
  rightsRequestsListOptions,
  safeguardingWaitingListOptions,
  tokensListOptions,
} from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { erasureWaits, glassWaits, recoveryWaits, rightsWait, type WaitingItem } from "./waiting";

const query = { waiting: true, page_size: 100 };
const NOT_MINE: readonly number[] = [403, 404];

interface Part {
  items: WaitingItem[];
  asked: readonly { isLoading: boolean; isError: boolean; error: unknown }[];
}

/** What waits for a second person, as far as it is open to me; and whether all of it has come. */
export const useWaiting = () => {
  const parts = [useKeysAndLooks(), useCases(), usePeople()];
  const asked = parts.flatMap((part) => part.asked);
  const failed = asked.find((one) => one.isError && !NOT_MINE.includes(asProblem(one.error).status));
  return {
    items: parts.flatMap((part) => part.items),
    waits: asked.some((one) => one.isLoading),
    error: failed?.error,
  };
};

/** What cannot be taken back, and what lasts an hour, comes first. */
const useKeysAndLooks = (): Part => {
  const me = useMe();
  const keys = useQuery({
    ...keyDestructionsListOptions({ query }),
    retry: false,
    enabled: may(me, "key.destroy_team"),
  });
  const looks = useQuery({
    ...breakGlassListOptions({ query: { reviewed: false, page_size: 100 } }),
    retry: false,
    enabled: may(me, "breakglass.review"),
  });
  const waiting = rows(looks).filter((one) => glassWaits(one, me));
  return {
    asked: [keys, looks],
    items: [
      ...waiting.map((of) => ({ kind: "glass" as const, of })),
      ...rows(keys).map((of) => ({ kind: "keys" as const, of })),
    ],
  };
};

const useCases = (): Part => {
  const me = useMe();
  const exceptions = useQuery({ ...safeguardingWaitingListOptions({ query: { page_size: 100 } }), retry: false });
  const merges = useQuery({ ...mergesListOptions({ query }), retry: false });
  const erasures = useQuery({ ...erasuresListOptions({ query }), retry: false });
  const rights = useQuery({
    ...rightsRequestsListOptions({ query: { open: true, page_size: 100 } }),
    retry: false,
    enabled: may(me, "rights_request.answer"),
  });
  const erased = rows(erasures).filter((one) => erasureWaits(one, me));
  const wanted = rows(rights).filter((one) => rightsWait(one, me));
  return {
    asked: [exceptions, merges, erasures, rights],
    items: [
      ...rows(exceptions).map((of) => ({ kind: "exception" as const, of })),
      ...erased.map((of) => ({ kind: "erasure" as const, of })),
      ...wanted.map((of) => ({ kind: "rights" as const, of })),
      ...rows(merges).map((of) => ({ kind: "merge" as const, of })),
    ],
  };
};

const usePeople = (): Part => {
  const me = useMe();
  const members = useQuery({ ...membersListOptions({ query }), retry: false });
  const invitations = useQuery({ ...invitationsListOptions({ query }), retry: false });
  const tokens = useQuery({ ...tokensListOptions({ query }), retry: false });
  const recoveries = useQuery({
    ...recoveriesListOptions({ query: { page_size: 100 } }),
    retry: false,
    enabled: may(me, "account.disable"),
  });
  const open = rows(recoveries).filter((one) => recoveryWaits(one, me));
  return {
    asked: [members, invitations, tokens, recoveries],
    items: [
      ...open.map((of) => ({ kind: "recovery" as const, of })),
      ...rows(members).map((of) => ({ kind: "member" as const, of })),
      ...rows(invitations).map((of) => ({ kind: "invitation" as const, of })),
      ...rows(tokens).map((of) => ({ kind: "token" as const, of })),
    ],
  };
};

const rows = <Row>(of: UseQueryResult<{ results: Row[] }, unknown>): Row[] => of.data?.results ?? [];
