import { useLingui } from "@lingui/react/macro";
import type { Problem } from "@/api";
import { FaultSummary, ProblemNotice } from "@/ui";

/** What the service said against a number, by field where it names one. */
export const Refused = ({ problem }: { problem: Problem | undefined }) => {
  const { t } = useLingui();
  if (problem === undefined) return null;
  if (problem.faults.length === 0) return <ProblemNotice error={problem} />;
  const names = {
    "/team": t`Тим`,
    "/service": t`Услуга`,
    "/item": t`Шта се броји`,
    "/month": t`Месец`,
    "/amount": t`Број`,
  };
  return <FaultSummary problem={problem} names={names} />;
};
