import { useLingui } from "@lingui/react/macro";
import type { ReferralOut } from "@/api/gen";
import { StatusSign, useLabel, useServiceName } from "@/reference";
import { dayAndTime, Facts } from "@/ui";

/** How it ended: the state, why, and what was suggested. */
export const Ending = ({ referral }: { referral: ReferralOut }) => {
  const { t, i18n } = useLingui();
  const reason = useLabel("referral_reasons");
  const outcome = useLabel("referral_outcomes");
  const service = useServiceName();
  const { ended_at, reason_code, outcome_code, suggested_service_code } = referral;
  return (
    <Facts
      of={[
        [t`Стање`, <StatusSign key="status" code={referral.status} />],
        [t`Исход`, outcome_code && outcome(outcome_code)],
        [t`Разлог`, reason_code && reason(reason_code)],
        [t`Предложена услуга`, suggested_service_code && service(suggested_service_code)],
        [t`Када`, ended_at !== null && dayAndTime(ended_at, i18n.locale)],
      ]}
    />
  );
};
