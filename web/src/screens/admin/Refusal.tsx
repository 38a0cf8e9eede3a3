import type { Problem } from "@/api";
import { FaultSummary, ProblemNotice } from "@/ui";

/** What the service said against a form: by field where it names fields. */
export const Refusal = ({ problem, names }: { problem: Problem | undefined; names?: Record<string, string> }) => {
  if (problem === undefined) return null;
  if (problem.faults.length > 0) return <FaultSummary problem={problem} names={names} />;
  return <ProblemNotice error={problem} />;
};
