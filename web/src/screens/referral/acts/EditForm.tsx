import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { HandoverModesCode, UrgenciesCode } from "@/api/gen";
import { referralsUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { Choices } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

const URGENCIES: readonly UrgenciesCode[] = ["routine", "urgent", "asap", "stat"];
const MODES: readonly HandoverModesCode[] = ["comes_with_card", "accompanied", "requester_relays", "meets_outreach"];

/** A draft that was not sent yet: how pressing it is, and how the person will be met. */
export const EditForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const urgencies = useLabel("urgencies");
  const modes = useLabel("handover_modes");
  const [urgency, setUrgency] = useState(() => URGENCIES.find((one) => one === referral.urgency) ?? "routine");
  const [mode, setMode] = useState<HandoverModesCode | "">(
    () => MODES.find((one) => one === referral.handover_mode) ?? "",
  );
  const step = useStep(referralsUpdateMutation(), props, t`Сачувано.`);
  const send = () => step.send({ ...at(referral), body: { urgency, ...(mode === "" ? {} : { handover_mode: mode }) } });
  return (
    <StepForm step={step} referral={referral} name={t`Сачувај`} onSend={send}>
      <Choices
        label={t`Хитност`}
        value={urgency}
        onChange={setUrgency}
        options={URGENCIES.map((value) => ({ value, label: urgencies(value) }))}
      />
      <Choices
        label={t`Како особа долази`}
        value={mode}
        onChange={setMode}
        options={MODES.map((value) => ({ value, label: modes(value) }))}
      />
    </StepForm>
  );
};
