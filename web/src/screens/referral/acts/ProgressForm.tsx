import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BusinessStatusesCode } from "@/api/gen";
import { referralsProgressMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries, useLabel } from "@/reference";
import { Choices, DateTimeField, fromField, toField } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

const CODES: readonly BusinessStatusesCode[] = [
  "awaiting-first-contact",
  "appointment-set",
  "no-show",
  "engaged",
  "follow-up-due",
];

/** How it goes within the state: an appointment, nobody came, somebody comes. */
export const ProgressForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const entries = useEntries("business_statuses");
  const label = useLabel("business_statuses");
  const [status, choose] = useState<BusinessStatusesCode | "">("");
  const [appointment, setAppointment] = useState("");
  const step = useStep(referralsProgressMutation(), props, t`Забележено.`);
  const fits = (code: string) =>
    entries
      .find((one) => one.code === code)
      ?.attributes["allowed_in_status"]?.split(";")
      .includes(referral.status) ?? false;
  const send = () =>
    step.send({
      ...at(referral),
      body: {
        ...step.onBehalf,
        ...(status === "" ? {} : { business_status: status }),
        ...(appointment === "" ? {} : { appointment: fromField(appointment) }),
      },
    });
  return (
    <StepForm
      step={step}
      referral={referral}
      name={t`Сачувај`}
      ready={status !== "" || appointment !== ""}
      onSend={send}
    >
      <Choices
        label={t`Како стоји?`}
        value={status}
        onChange={choose}
        options={CODES.filter(fits).map((value) => ({ value, label: label(value) }))}
      />
      <DateTimeField
        size="md"
        label={t`Термин са особом (није обавезно)`}
        description={t`Виде га само две стране; брише се после седам дана.`}
        min={toField(new Date())}
        value={appointment}
        onChange={(event) => setAppointment(event.currentTarget.value)}
      />
    </StepForm>
  );
};
