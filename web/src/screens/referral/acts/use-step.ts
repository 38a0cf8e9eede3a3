import { useMutation, type UseMutationOptions } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem, ifMatch, type Problem, queryClient } from "@/api";
import type { OnBehalfChannelEnum, OnBehalfRequest, ReferralOut, ReporterEnum } from "@/api/gen";
import { referralsRetrieveQueryKey } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { tell } from "@/ui";
import { type Act, isReport } from "./kinds";

export interface ActProps {
  referral: ReferralOut;
  act: Act;
  /** The address under which the page asked for it. */
  id: string;
  onClose: () => void;
}

export interface Report {
  channel: OnBehalfChannelEnum | "";
  reporter: ReporterEnum | "";
}

export interface Step<Variables> {
  send: (body: Variables) => void;
  sending: boolean;
  problem: Problem | undefined;
  /** It changed under our hands, or cannot be done any more. */
  overtaken: boolean;
  /** As the referral stands now, the act is still one of those allowed. */
  possible: boolean;
  /** Set where it is told for somebody else: how one heard of it. */
  report: Report | undefined;
  setReport: (report: Report) => void;
  onBehalf: { on_behalf?: OnBehalfRequest };
}

const OVERTAKEN: readonly number[] = [409, 412];
const known = (report: Report): OnBehalfRequest | undefined =>
  report.channel === "" || report.reporter === "" ? undefined : { channel: report.channel, reporter: report.reporter };

/** What every verb on a referral needs beside its own body: where it goes, and the version it was decided on. */
export const at = (referral: ReferralOut) => ({ path: { id: referral.id }, headers: ifMatch(referral) });

/** Take a step. Its answer is the referral as it stands then; only what lists show has to be asked for anew. */
export const useStep = <Variables>(
  {
    mutationFn,
  }: UseMutationOptions<ReferralOut, never, Variables> | UseMutationOptions<ReferralOut, unknown, Variables>,
  { act, id, referral, onClose }: ActProps,
  said: string,
  onDone?: (after: ReferralOut) => void,
): Step<Variables> => {
  const ours = useMe().organisations.some((one) => one.id === referral.recipient);
  const [report, setReport] = useState<Report>({ channel: "", reporter: "" });
  const key = referralsRetrieveQueryKey({ path: { id } });
  const sent = useMutation<ReferralOut, unknown, Variables>({
    mutationFn: mutationFn as UseMutationOptions<ReferralOut, unknown, Variables>["mutationFn"] & {},
    onSuccess: (after) => {
      queryClient.setQueryData(key, after);
      tell(said);
      onClose();
      onDone?.(after);
      return queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== "reference" && JSON.stringify(queryKey) !== JSON.stringify(key),
      });
    },
    onError: (error) => {
      if (OVERTAKEN.includes(asProblem(error).status)) void queryClient.invalidateQueries({ queryKey: key });
    },
  });
  const problem = sent.error === null ? undefined : asProblem(sent.error);
  const reported = isReport(act, ours);
  const told = known(report);
  return {
    send: sent.mutate,
    sending: sent.isPending,
    problem,
    possible: referral.allowed_actions.includes(act),
    overtaken: problem !== undefined && OVERTAKEN.includes(problem.status),
    report: reported ? report : undefined,
    setReport,
    onBehalf: reported && told !== undefined ? { on_behalf: told } : {},
  };
};
