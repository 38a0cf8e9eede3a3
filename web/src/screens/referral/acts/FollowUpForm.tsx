import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { StillEngagedEnum } from "@/api/gen";
import { referralsFollowUpMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Choices } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

/** Ninety days after a service was started: is the person still there? */
export const FollowUpForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const [engaged, choose] = useState<StillEngagedEnum | "">("");
  const step = useStep(referralsFollowUpMutation(), props, t`Забележено.`);
  const send = () => engaged !== "" && step.send({ ...at(referral), body: { still_engaged: engaged } });
  return (
    <StepForm step={step} referral={referral} name={t`Сачувај`} ready={engaged !== ""} onSend={send}>
      <Choices
        label={t`Да ли особа и даље користи услугу?`}
        value={engaged}
        onChange={choose}
        options={[
          { value: "yes", label: t`Да` },
          { value: "no", label: t`Не` },
          { value: "not_known", label: t`Не знамо` },
        ]}
      />
    </StepForm>
  );
};
