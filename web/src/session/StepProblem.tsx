import { Trans } from "@lingui/react/macro";
import { Alert, ProblemNotice } from "@/ui";
import type { Try } from "./use-try";

/** What went wrong in a step, unless it stands at its field. */
export const StepProblem = ({ tried, field }: { tried: Pick<Try<never>, "problem" | "noKey">; field?: string }) => {
  const { problem, noKey } = tried;
  if (noKey)
    return (
      <Alert color="red" variant="outline" role="alert" title={<Trans>Кључ није показан</Trans>}>
        <Trans>Уређај није потврдио кључ: прозор је затворен, време је истекло, или кључа нема на овом уређају.</Trans>
      </Alert>
    );
  if (problem === undefined) return null;
  const atField = problem.retryAfter === 0 && problem.faults.some(({ pointer }) => pointer === field);
  return atField ? null : <ProblemNotice error={problem} />;
};

/** What is said at the field itself. */
export const faultAt = ({ problem }: Pick<Try<never>, "problem">, field: string): string | undefined =>
  problem?.retryAfter === 0 ? problem.faults.find(({ pointer }) => pointer === field)?.detail : undefined;
