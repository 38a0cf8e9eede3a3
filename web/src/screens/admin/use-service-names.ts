import { useLingui } from "@lingui/react/macro";

/** What the fields of a service are called. */
export const useServiceNames = () => {
  const { t } = useLingui();
  return {
    name: t`Назив`,
    phone: t`Телефон`,
    address: t`Адреса`,
    eligibility: t`За кога`,
    area_served: t`Подручје`,
    schedule: t`Радно време`,
    is_active: t`Услуга ради`,
  };
};
