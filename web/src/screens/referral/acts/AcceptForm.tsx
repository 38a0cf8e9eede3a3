import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { referralsAcceptMutation } from "@/api/gen/@tanstack/react-query.gen";
import { DateTimeField, fromField, Text, toField, until } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

/** Yes: the time of the first contact is preset by the urgency, all else may be left out. */
export const AcceptForm = (props: ActProps) => {
  const { t, i18n } = useLingui();
  const { referral } = props;
  const [due, setDue] = useState("");
  const [appointment, setAppointment] = useState("");
  const step = useStep(referralsAcceptMutation(), props, t`Прихваћено.`);
  const preset = referral.due_at !== null && new Date(referral.due_at) > new Date() ? referral.due_at : null;
  const now = toField(new Date());
  const send = () =>
    step.send({
      ...at(referral),
      body: {
        ...step.onBehalf,
        ...(due === "" ? {} : { first_contact_due: fromField(due) }),
        ...(appointment === "" ? {} : { appointment: fromField(appointment) }),
      },
    });
  return (
    <StepForm step={step} referral={referral} name={t`Прихвати`} onSend={send}>
      <Text>
        {preset === null ? (
          <Trans>Рок за први контакт одређује хитност.</Trans>
        ) : (
          <Trans>
            Први контакт до <strong>{until(preset, i18n.locale)}</strong>
          </Trans>
        )}
      </Text>
      <DateTimeField
        size="md"
        label={t`Термин са особом (није обавезно)`}
        description={t`Виде га само две стране; брише се после седам дана.`}
        min={now}
        value={appointment}
        onChange={(event) => setAppointment(event.currentTarget.value)}
      />
      <DateTimeField
        size="md"
        label={t`Други рок за први контакт (није обавезно)`}
        min={now}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
    </StepForm>
  );
};
