import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem, ifMatch, queryClient } from "@/api";
import type { CaseOut, UrgenciesCode } from "@/api/gen";
import { casesUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOptions } from "@/reference";
import { type ConflictField, ConflictSheet, DateField, day, ProblemNotice, Select, tell, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { caseOptions } from "../data";
import { inDays } from "../days";
import { ActForm, type ActProps } from "./ActForm";

interface Plan {
  urgency: string;
  review_due: string;
}

const planOf = (one: CaseOut): Plan => ({ urgency: one.urgency, review_due: one.review_due ?? "" });

const bodyOf = (plan: Plan, urgency: UrgenciesCode | undefined) => ({
  ...(urgency === undefined ? {} : { urgency }),
  ...(plan.review_due === "" ? {} : { review_due: plan.review_due }),
});

/** Saving what was planned, from the version that was seen; and what somebody else made of it in the meantime. */
const useSaving = (one: CaseOut, onDone: () => void) => {
  const { t } = useLingui();
  const [theirs, setTheirs] = useState<CaseOut>();
  const asUrgency = useCodeOf<UrgenciesCode>("urgencies");
  const send = useSend(casesUpdateMutation(), () => {
    onDone();
    tell(t`Измена је сачувана.`);
  });
  const save = (values: Plan, from: CaseOut) =>
    send.mutate(
      { path: { id: one.id }, headers: ifMatch(from), body: bodyOf(values, asUrgency(values.urgency)) },
      {
        onError: (error) => {
          if (asProblem(error).code === "stale_version")
            void queryClient.fetchQuery({ ...caseOptions(one.id), staleTime: 0 }).then(setTheirs);
        },
      },
    );
  return { send, save, theirs, forget: () => setTheirs(undefined) };
};

/** What stands here and there, where it differs. */
const useConflicts = () => {
  const { t, i18n } = useLingui();
  const urgency = useLabel("urgencies");
  const shown = (value: string) => (value === "" ? t`није одређено` : day(value, i18n.locale));
  return (mine: Plan, theirs: Plan): ConflictField[] =>
    [
      { key: "urgency", name: t`Хитност`, mine: mine.urgency, theirs: theirs.urgency, show: urgency },
      { key: "review_due", name: t`Преглед до`, mine: mine.review_due, theirs: theirs.review_due, show: shown },
    ].filter((field) => field.mine !== field.theirs);
};

/** How soon, and when it is looked at again. Who was faster is not overwritten: both are shown. */
export const Edit = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [plan, setPlan] = useState(planOf(one));
  const { send, save, theirs, forget } = useSaving(one, onDone);
  const conflicts = useConflicts();
  const fields = theirs === undefined ? [] : conflicts(plan, planOf(theirs));
  const settle = (values: Record<string, string>) => {
    if (theirs !== undefined) save({ ...planOf(theirs), ...values }, theirs);
  };
  return (
    <>
      <ActForm
        problem={theirs === undefined ? send.problem : undefined}
        names={{ "/urgency": t`Хитност`, "/review_due": t`Преглед до` }}
        sending={send.isPending}
        label={t`Сачувај`}
        onSubmit={() => save(plan, theirs ?? one)}
      >
        <PlanFields plan={plan} onChange={(some) => setPlan((old) => ({ ...old, ...some }))} />
      </ActForm>
      <ConflictSheet
        opened={theirs !== undefined && fields.length > 0}
        fields={fields}
        sending={send.isPending}
        onSettle={settle}
        onClose={forget}
      >
        {send.problem !== undefined && send.problem.code !== "stale_version" && <ProblemNotice error={send.problem} />}
      </ConflictSheet>
    </>
  );
};

const PlanFields = ({ plan, onChange }: { plan: Plan; onChange: (some: Partial<Plan>) => void }) => {
  const { t } = useLingui();
  return (
    <>
      <Select
        size="md"
        label={t`Хитност`}
        allowDeselect={false}
        value={plan.urgency}
        onChange={(urgency) => urgency !== null && onChange({ urgency })}
        data={useOptions("urgencies")}
      />
      <DateField
        size="md"
        label={t`Преглед до`}
        description={t`Када ћете погледати како помоћ напредује.`}
        min={inDays(0)}
        value={plan.review_due}
        onChange={(event) => onChange({ review_due: event.currentTarget.value })}
      />
    </>
  );
};
