import { useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import type { ReferralOut } from "@/api/gen";
import { Button, FaultSummary, ProblemNotice, Stack } from "@/ui";
import { Overtaken } from "./Overtaken";
import { ReportFields } from "./ReportFields";
import type { Step } from "./use-step";

interface Props<Variables> {
  step: Step<Variables>;
  referral: ReferralOut;
  /** What the button says. */
  name: string;
  onSend: () => void;
  ready?: boolean;
  children?: ReactNode;
}

/** The frame of every sheet: what went wrong, the fields, how one heard of it, and one button. */
export const StepForm = <Variables,>({ step, referral, name, onSend, ready = true, children }: Props<Variables>) => {
  const [before] = useState(referral);
  const names = useFieldNames();
  const { problem, report } = step;
  const told = report === undefined || (report.channel !== "" && report.reporter !== "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && told) onSend();
      }}
    >
      <Stack>
        {step.overtaken && (
          <Overtaken before={before} now={referral} possible={step.possible} why={problem?.detail ?? ""} />
        )}
        {!step.overtaken && problem !== undefined && problem.faults.length > 0 && (
          <FaultSummary problem={problem} names={names} />
        )}
        {!step.overtaken && problem !== undefined && problem.faults.length === 0 && <ProblemNotice error={problem} />}
        {children}
        {report !== undefined && <ReportFields value={report} onChange={step.setReport} />}
        <div className="sheet-send">
          <Button type="submit" size="md" fullWidth disabled={!ready || !told || !step.possible} loading={step.sending}>
            {name}
          </Button>
        </div>
      </Stack>
    </form>
  );
};

const useFieldNames = (): Record<string, string> => {
  const { t } = useLingui();
  return {
    "/first_contact_due": t`Први контакт до`,
    "/first_contact_at": t`Први контакт`,
    "/appointment": t`Термин`,
    "/reason_code": t`Разлог`,
    "/outcome_code": t`Исход`,
    "/suggested_service_code": t`Предложена услуга`,
    "/business_status": t`Стање`,
    "/acknowledgement_answer": t`Шта је следеће`,
    "/look_again_on": t`Погледај поново`,
    "/question_code": t`Питање`,
    "/note": t`Белешка`,
  };
};
