import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ReferralReasonsCode } from "@/api/gen";
import {
  referralsCancelMutation,
  referralsCorrectMutation,
  referralsFailMutation,
  referralsHoldMutation,
  referralsRejectMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { useReasons } from "@/reference";
import { Choices, Text } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

type ReasonAct = "reject" | "fail" | "hold" | "cancel" | "correct";

const KINDS = {
  reject: { status: "rejected", options: referralsRejectMutation },
  fail: { status: "failed", options: referralsFailMutation },
  hold: { status: "on-hold", options: referralsHoldMutation },
  cancel: { status: "cancelled", options: referralsCancelMutation },
  correct: { status: "entered-in-error", options: referralsCorrectMutation },
} as const;

/** What is ended or paused says why, by one tap on a reason. */
export const ReasonForm = (props: ActProps & { act: ReasonAct }) => {
  const { t } = useLingui();
  const { referral, act } = props;
  const [reason, choose] = useState<ReferralReasonsCode | "">("");
  const words = useWords(act);
  const reasons = useReasons(KINDS[act].status);
  const step = useStep(KINDS[act].options(), props, words.said);
  // The second of two people confirms what the first gave the reason for.
  const confirms = act === "correct" && referral.asked_to_confirm;
  const body = confirms ? {} : { ...step.onBehalf, reason_code: reason };
  return (
    <StepForm
      step={step}
      referral={referral}
      name={confirms ? t`Потврди исправку` : words.name}
      ready={confirms || reason !== ""}
      onSend={() => step.send({ ...at(referral), body })}
    >
      {words.note !== undefined && <Text>{words.note}</Text>}
      {!confirms && <Choices label={t`Зашто?`} options={reasons} value={reason} onChange={choose} />}
      {confirms && (
        <Text>
          <Trans>
            Колега или колегиница тражи да се овај упут означи као унет грешком. Потребна је и Ваша потврда.
          </Trans>
        </Text>
      )}
    </StepForm>
  );
};

const useWords = (act: ReasonAct): { name: string; said: string; note?: string } => {
  const { t } = useLingui();
  return {
    reject: { name: t`Одбиј упут`, said: t`Одбијено.`, note: t`Разлог види организација која је упутила.` },
    fail: { name: t`Затвори као неуспешно`, said: t`Забележено: није успело.` },
    hold: { name: t`Паузирај`, said: t`Паузирано.` },
    cancel: {
      name: t`Откажи упут`,
      said: t`Отказано.`,
      note: t`Обе стране виде да је отказано; друга страна више не види податке особе.`,
    },
    correct: {
      name: t`Означи као унето грешком`,
      said: t`Забележено.`,
      note: t`Упут нестаје код друге стране. Ако је већ завршен, потребна је још једна особа.`,
    },
  }[act];
};
