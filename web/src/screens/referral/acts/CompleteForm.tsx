import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CompleteInRequest, ReferralOutcomesCode } from "@/api/gen";
import { referralsCompleteMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries, useLabel, useOptions } from "@/reference";
import { Choices, DateTimeField, fromField, Select, toField } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

const OUTCOMES: readonly ReferralOutcomesCode[] = [
  "service-started",
  "service-completed",
  "one-off-help-given",
  "assessed-not-needed",
  "referred-on",
];
type Suggested = NonNullable<CompleteInRequest["suggested_service_code"]>;

/** How it ended; the fields that the outcome needs, and no others. */
export const CompleteForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const label = useLabel("referral_outcomes");
  const requires = useRequires();
  const [outcome, choose] = useState<ReferralOutcomesCode | "">("");
  const [contact, setContact] = useState(() => toField(new Date()));
  const [suggested, suggest] = useState<Suggested>("");
  const services = useOptions("services", (one) => one.attributes["confidential"] !== "yes");
  const isListed = (code: string | null): code is Suggested => services.some(({ value }) => value === code);
  const step = useStep(referralsCompleteMutation(), props, t`Завршено. Организација која је упутила је обавештена.`);
  const asksContact = requires(outcome) === "first_contact_at" && referral.first_contact_at === null;
  const asksService = requires(outcome) === "service_code";
  const send = () =>
    step.send({
      ...at(referral),
      body: {
        ...step.onBehalf,
        outcome_code: outcome,
        ...(asksContact ? { first_contact_at: fromField(contact) } : {}),
        ...(asksService ? { suggested_service_code: suggested } : {}),
      },
    });
  return (
    <StepForm
      step={step}
      referral={referral}
      name={t`Заврши`}
      ready={outcome !== "" && (!asksService || suggested !== "")}
      onSend={send}
    >
      <Choices
        label={t`Како је завршено?`}
        value={outcome}
        onChange={choose}
        options={OUTCOMES.map((value) => ({ value, label: label(value) }))}
      />
      {asksContact && (
        <DateTimeField
          size="md"
          label={t`Када је био први контакт?`}
          max={toField(new Date())}
          value={contact}
          onChange={(event) => setContact(event.currentTarget.value)}
        />
      )}
      {asksService && (
        <Select
          size="md"
          searchable
          label={t`Коју услугу предлажете?`}
          data={services}
          value={suggested}
          onChange={(code) => suggest(isListed(code) ? code : "")}
        />
      )}
    </StepForm>
  );
};

const useRequires = (): ((outcome: string) => string) => {
  const entries = useEntries("referral_outcomes");
  return (outcome) => entries.find((one) => one.code === outcome)?.attributes["requires"] ?? "";
};
