import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { referralsResumeMutation, referralsStartMutation } from "@/api/gen/@tanstack/react-query.gen";
import { DateTimeField, fromField, toField } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

/** The first contact took place, or work goes on: now, unless said. */
export const ContactForm = (props: ActProps & { act: "start" | "resume" }) => {
  const { t } = useLingui();
  const { referral, act } = props;
  const [now] = useState(() => toField(new Date()));
  const [moment, setMoment] = useState(now);
  const starts = act === "start";
  const step = useStep(
    starts ? referralsStartMutation() : referralsResumeMutation(),
    props,
    starts ? t`Први контакт је забележен.` : t`Рад се наставља.`,
  );
  const first = referral.first_contact_at === null && moment !== now ? { first_contact_at: fromField(moment) } : {};
  return (
    <StepForm
      step={step}
      referral={referral}
      name={starts ? t`Забележи` : t`Настави`}
      onSend={() => step.send({ ...at(referral), body: { ...step.onBehalf, ...first } })}
    >
      {referral.first_contact_at === null && (
        <DateTimeField
          size="md"
          label={t`Када је био први контакт?`}
          max={now}
          value={moment}
          onChange={(event) => setMoment(event.currentTarget.value)}
        />
      )}
    </StepForm>
  );
};
