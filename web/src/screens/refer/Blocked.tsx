import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert } from "@/ui";

const WHY: Readonly<Record<string, MessageDescriptor>> = {
  no_agreement: msg`Са овом организацијом тим сада нема важећи споразум. Изаберите другу услугу.`,
  shut_out: msg`Ова организација је искључена из случаја. Изаберите другу услугу.`,
  not_next_in_order: msg`Особа је рекла којим редом. Сачекајте одговор организације која је прва, или договорите нови пристанак.`,
  second_person_missing: msg`Законски основ чека потврду друге особе. Упут може да иде кад га она потврди.`,
  case_not_active: msg`Случај није активан. Отворите га и прво га наставите.`,
  not_a_partner: msg`Овој организацији се не шаљу подаци о особама. Изаберите другу услугу.`,
  not_offered: msg`Организација ову услугу више не пружа. Изаберите другу услугу.`,
  not_referable: msg`На ову услугу се не упућује из случаја. Изаберите другу услугу.`,
};

/** Why the referral could not go now, and what can be done about it; said before anything is written. */
export const Blocked = ({ code }: { code: string }) => {
  const { t, i18n } = useLingui();
  const why = WHY[code];
  return (
    <Alert variant="outline" color="orange" role="status" title={t`Овај упут сада не може да се пошаље`}>
      {why === undefined ? t`Изаберите другу услугу, или питајте координацију тима.` : i18n._(why)}
    </Alert>
  );
};
