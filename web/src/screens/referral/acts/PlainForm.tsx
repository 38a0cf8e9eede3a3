import { useLingui } from "@lingui/react/macro";
import {
  referralsPhonedMutation,
  referralsSendMutation,
  referralsUndoMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { Text } from "@/ui";
import { StepForm } from "./StepForm";
import { type ActProps, at, useStep } from "./use-step";

/** Steps that need nothing but to be confirmed. */
export const PlainForm = (props: ActProps & { act: "send" | "phoned" }) => {
  const { t } = useLingui();
  const { referral, act } = props;
  const sends = act === "send";
  const step = useStep(
    sends ? referralsSendMutation() : referralsPhonedMutation(),
    props,
    sends ? t`Упут је послат.` : t`Забележено: позвано телефоном.`,
  );
  return (
    <StepForm
      step={step}
      referral={referral}
      name={sends ? t`Пошаљи упут` : t`Забележи позив`}
      onSend={() => step.send(at(referral))}
    >
      <Text>
        {sends
          ? t`Организација види потребу, хитност и старосну групу; остало тек када прихвати.`
          : t`Бележи се само да је неко позвао. Спона није служба за хитне случајеве: ако је живот угрожен, прво зовите 194.`}
      </Text>
    </StepForm>
  );
};

/** A mis-tapped answer is taken back by its own side. */
export const UndoForm = (props: ActProps) => {
  const { t } = useLingui();
  const { referral } = props;
  const step = useStep(referralsUndoMutation(), props, t`Поништено.`);
  return (
    <StepForm
      step={step}
      referral={referral}
      name={t`Поништи`}
      onSend={() => step.send({ ...at(referral), body: step.onBehalf })}
    >
      <Text>{t`Последњи одговор се повлачи. То је могуће 24 сата, док друга страна не потврди.`}</Text>
    </StepForm>
  );
};
