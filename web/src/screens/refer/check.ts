import { queryOptions, useQuery } from "@tanstack/react-query";
import { casesReferralCheck } from "@/api/gen";
import { referralsListOptions } from "@/api/gen/@tanstack/react-query.gen";

export interface Asked {
  case: string;
  service: string;
  need: string;
  withNote: boolean;
}

/** What would become of the referral: whether it could go now, what the partner would see. It reads only, and asks in
 * a body, because the code of a service can be a diagnosis and addresses are written down. */
export const useCheck = ({ case: id, service, need, withNote }: Asked) =>
  useQuery(
    queryOptions({
      queryKey: ["referrals", "check", id, service, need, withNote],
      queryFn: async ({ signal }) => {
        const body = { service, with_note: withNote, ...(need === "" ? {} : { need }) };
        return (await casesReferralCheck({ path: { id }, body, signal, throwOnError: true })).data;
      },
      enabled: service !== "",
      staleTime: 0,
    }),
  );

/** All that is under way from the case, before anything is written. */
export const useLive = (id: string) =>
  useQuery(
    referralsListOptions({
      query: { case: id, status: ["draft", "requested", "accepted", "in-progress", "on-hold"], page_size: 100 },
    }),
  ).data?.results ?? [];
