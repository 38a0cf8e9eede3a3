import { useQuery } from "@tanstack/react-query";
import { queryClient } from "@/api";
import type { InboxOut, MeOut, ReferralRow } from "@/api/gen";
import { inboxRetrieveOptions, referralsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { loadLists } from "@/reference";
import { may, meOptions } from "@/session/me";

const MOST = 100;
export const inboxOptions = inboxRetrieveOptions();
const requestsOptions = referralsListOptions({ query: { side: "received", status: ["requested"], page_size: MOST } });
const overdueOptions = referralsListOptions({ query: { overdue: true, page_size: MOST } });

/** The first thing of the day: asked for while it is still being found out who asks. What fails is asked again. */
export const startInbox = (): void => {
  void queryClient.prefetchQuery(inboxOptions);
  void loadInboxLists().catch(() => undefined);
};

/** What the answers are made from; only for who answers, so not before that is known. */
export const startRequests = (me: MeOut): void => {
  if (may(me, "referral.answer")) void queryClient.prefetchQuery(requestsOptions);
};

export const loadInboxLists = (): Promise<void> => loadLists("urgencies", "services", "referral_statuses");

export interface Rows {
  of: (id: string) => ReferralRow | undefined;
  pending: boolean;
}

/** What a line of the inbox does not say: which side we are on, and the version that an answer is made from. */
export const useRows = (inbox: InboxOut): Rows => {
  const requests = useQuery({ ...requestsOptions, enabled: inbox.to_answer.length > 0 });
  const overdue = useQuery({ ...overdueOptions, enabled: inbox.overdue.length > 0 });
  const rows = [...(requests.data?.results ?? []), ...(overdue.data?.results ?? [])];
  return { of: (id) => rows.find((one) => one.id === id), pending: requests.isLoading || overdue.isLoading };
};

/** The navigation's count follows what has just been read. */
export const countPending = (pending: number): void => {
  queryClient.setQueryData(meOptions.queryKey, (me) => (me === undefined ? me : { ...me, pending }));
};
