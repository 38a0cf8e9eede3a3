import { Trans, useLingui } from "@lingui/react/macro";
import { IconInfoCircle, IconPhone } from "@tabler/icons-react";
import type { ReferralOut } from "@/api/gen";
import { Alert, Text } from "@/ui";

const PRESSING: readonly string[] = ["asap", "stat"];

/** What somebody has to know before anything else: why so little is shown, or that a call comes first. */
export const Standing = ({ referral }: { referral: ReferralOut }) => {
  const { access, status, urgency, phoned_at } = referral;
  const notices = useNotices(referral);
  const calls = PRESSING.includes(urgency) && status === "requested" && phoned_at === null && access !== "stub";
  return (
    <>
      {notices.length > 0 && (
        <ul className="plain-list standing-notices">
          {notices.map((one) => (
            <li key={one}>
              <IconInfoCircle size={20} aria-hidden />
              <Text>{one}</Text>
            </li>
          ))}
        </ul>
      )}
      {calls && <CallFirst />}
    </>
  );
};

const useNotices = ({ access, reason_code, needs_rerouting, paused_at }: ReferralOut): string[] => {
  const { t } = useLingui();
  const withdrawn = reason_code === "consent-withdrawn";
  const ended = t`Овај упут је завршен или је пристанак престао да важи. Подаци више нису отворени; траг остаје тридесет дана, да нико узалуд не чува место.`;
  const why: Partial<Record<ReferralOut["access"], string>> = {
    stub: ended,
    preview: t`Док не прихватите, видите само најнужније. Остало се отвара када прихватите.`,
    coordination: t`Овај упут видите као координација тима: без садржаја, да би се пратили рокови.`,
    plain: t`Од Вас се тражи да као друга особа потврдите исправку. Садржај упута зато није отворен.`,
  };
  return [
    withdrawn
      ? t`Особа је повукла пристанак. Друга страна више не види податке; остаје само траг да је упут постојао.`
      : why[access],
    needs_rerouting ? t`У тој организацији упут више нико не види. Позовите је, или упутите особу другој.` : undefined,
    paused_at !== null && access !== "stub" ? t`Рок стоји док се чека одговор на питање.` : undefined,
  ].filter((one) => one !== undefined);
};

const CallFirst = () => {
  const { t } = useLingui();
  return (
    <Alert
      variant="outline"
      color="orange"
      icon={<IconPhone aria-hidden />}
      className="warning"
      title={t`Прво позовите`}
    >
      <Text>
        <Trans>Овако хитно се договара телефоном. Ако је живот угрожен, зовите 194.</Trans>
      </Text>
    </Alert>
  );
};
