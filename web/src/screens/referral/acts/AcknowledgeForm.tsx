import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { AcknowledgementAnswersCode } from "@/api/gen";
import { referralsAcknowledgeMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries, useLabel } from "@/reference";
import { Choices, DateField, Text } from "@/ui";
import { Ending } from "../Ending";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

const ANSWERS: readonly AcknowledgementAnswersCode[] = [
  "next_provider",
  "wait",
  "not_wanted",
  "nothing_here",
  "need_met",
];
const FORTNIGHT = 14 * 86_400_000;
const inAFortnight = () => new Date(Date.now() + FORTNIGHT).toISOString().slice(0, 10);
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** The loop closes: the requester has seen the answer and says what comes next for the need. */
export const AcknowledgeForm = (props: ActProps) => {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { referral } = props;
  const label = useLabel("acknowledgement_answers");
  const helped = useEntries("referral_outcomes").some(
    (one) => one.code === referral.outcome_code && one.attributes["help_given"] === "yes",
  );
  const [answer, choose] = useState<AcknowledgementAnswersCode | "">("");
  const [again, setAgain] = useState(inAFortnight);
  const step = useStep(referralsAcknowledgeMutation(), props, t`Забележено. Упут је затворен.`, () => {
    if (answer === "next_provider" && referral.case !== null) void navigate({ href: `/refer?case=${referral.case}` });
  });
  const body = {
    ...(answer === "" ? {} : { acknowledgement_answer: answer }),
    ...(answer === "wait" ? { look_again_on: again } : {}),
  };
  return (
    <StepForm
      step={step}
      referral={referral}
      name={t`Затвори упут`}
      ready={helped || answer !== ""}
      onSend={() => step.send({ ...at(referral), body })}
    >
      <Ending referral={referral} />
      <Choices
        label={helped ? t`Шта је следеће за ову потребу? (није обавезно)` : t`Шта је следеће за ову потребу?`}
        value={answer}
        onChange={choose}
        options={ANSWERS.map((value) => ({ value, label: label(value) }))}
      />
      {answer === "wait" && (
        <DateField
          size="md"
          label={t`Погледај поново`}
          min={tomorrow()}
          value={again}
          required
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      )}
      {answer === "next_provider" && (
        <Text c="dimmed">
          <Trans>После овога отвара се нови упут за исту особу.</Trans>
        </Text>
      )}
    </StepForm>
  );
};
