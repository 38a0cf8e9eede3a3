import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const KINDS: Record<string, MessageDescriptor> = {
  address: msg`адреса`,
  bank_account: msg`број рачуна`,
  card: msg`број картице`,
  email: msg`имејл`,
  full_date: msg`датум`,
  handle: msg`налог на мрежи`,
  iban: msg`број рачуна`,
  id_card: msg`број личне карте`,
  jmbg: msg`ЈМБГ`,
  landline: msg`број телефона`,
  lbo: msg`ЛБО`,
  mobile: msg`број телефона`,
  passport: msg`број пасоша`,
  person_name: msg`име`,
  phone: msg`број телефона`,
  pib: msg`ПИБ`,
  plate: msg`регистарска ознака`,
  rare_attribute: msg`ретка особина`,
  short_date: msg`датум`,
  url: msg`адреса на интернету`,
};

/** What a kind of finding is called. */
export const useKindName = (): ((kind: string) => string) => {
  const { t, i18n } = useLingui();
  return (kind) => {
    const known = KINDS[kind];
    return known === undefined ? t`лични податак` : i18n._(known);
  };
};
