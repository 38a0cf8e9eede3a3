import { useQuery } from "@tanstack/react-query";
import { referralsRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { loadLists } from "@/reference";

export const referralOptions = (id: string) => referralsRetrieveOptions({ path: { id } });

/** One audited reading a visit, and one after each act: not whenever the window is looked at again. */
export const useReferral = (id: string) =>
  useQuery({ ...referralOptions(id), staleTime: Infinity, gcTime: 0, refetchOnReconnect: false });

/** All that a referral may name, so that no bare code is ever seen. */
export const loadReferralLists = (): Promise<void> =>
  loadLists(
    "urgencies",
    "services",
    "referral_statuses",
    "business_statuses",
    "referral_reasons",
    "referral_outcomes",
    "acknowledgement_answers",
    "questions",
    "handover_modes",
    "needs",
    "data_classes",
    "reveal_purposes",
    "tdi_items",
    "risk_flags",
    "need_statuses",
    "tdi_fields",
    "substances",
  );
