import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut, TriageOutcomesCode } from "@/api/gen";
import { casesTriageMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { Checkbox, tell, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { ActForm, type ActProps } from "./ActForm";
import { OneOf } from "./OneOf";

/** What becomes of a proposal. */
export const Triage = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [outcome, setOutcome] = useState<TriageOutcomesCode>();
  const [eligible, setEligible] = useState(false);
  const entries = useEntries("triage_outcomes");
  const opens = entries.find(({ code }) => code === outcome)?.attributes["case_status"] === "active";
  const asOutcome = useCodeOf<TriageOutcomesCode>("triage_outcomes");
  const send = useSend(casesTriageMutation(), () => {
    onDone();
    tell(t`Одлука је уписана.`);
  });
  const submit = () => {
    const body = outcome && { triage_outcome: outcome, ...(opens ? { eligibility: eligible } : {}) };
    if (body !== undefined) send.mutate({ path: { id: one.id }, headers: ifMatch(one), body });
  };
  return (
    <ActForm problem={send.problem} sending={send.isPending} label={t`Упиши одлуку`} onSubmit={submit}>
      <OneOf
        label={t`Шта бива с предлогом`}
        entries={entries}
        value={outcome}
        onChange={(value) => setOutcome(asOutcome(value))}
      />
      {opens && (
        <Checkbox
          size="md"
          label={t`Проверено је: потребе особе траже више организација, или њихов договор`}
          checked={eligible}
          onChange={(event) => setEligible(event.currentTarget.checked)}
        />
      )}
    </ActForm>
  );
};
