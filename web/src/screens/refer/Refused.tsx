import { useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api";
import { FaultSummary, ProblemNotice } from "@/ui";

/** What the service said against the referral. Its own words say what is wrong; the form above is the way out. */
export const Refused = ({ problem, retry }: { problem: Problem; retry: () => void }) => {
  const { t } = useLingui();
  const names = {
    "/consent": t`Пристанак`,
    "/recipient": t`Услуга`,
    "/service": t`Услуга`,
    "/need": t`Потреба`,
    "/narrative": t`Напомена`,
  };
  if (problem.faults.length > 0) return <FaultSummary problem={problem} names={names} />;
  return <ProblemNotice error={problem} retry={retry} />;
};
