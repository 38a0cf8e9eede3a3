import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

/** What was done, as the audit calls it, in words. */
const VERBS: Record<string, MessageDescriptor> = {
  "case.opened": msg`Случај је отворен`,
  "case.proposed": msg`Случај је предложен`,
  "case.triaged": msg`Одлучено је о предлогу`,
  "case.changed": msg`Измењен је случај`,
  "case.profile_changed": msg`Измењени су подаци`,
  "case.flags_set": msg`Измењена су упозорења`,
  "case.assigned": msg`Случај је додељен`,
  "case.holder_replaced": msg`Случај је преузела друга организација`,
  "case.held": msg`Случај је привремено заустављен`,
  "case.resumed": msg`Рад је настављен`,
  "case.closed": msg`Случај је затворен`,
  "case.reopened": msg`Случај је поново отворен`,
  "case.merged": msg`Случај је спојен са другим`,
  "case.merge_proposed": msg`Предложено је спајање`,
  "case.merge_declined": msg`Спајање је одбијено`,
  "case.read": msg`Погледан је случај`,
  "case.history_read": msg`Отворен је ток случаја`,
  "case.access_read": msg`Погледано је ко види случај`,
  "case.revealed": msg`Отворене су белешке`,
  "case.duplicate_checked": msg`Проверено је да ли случај већ постоји`,
  "case.duplicates_compared": msg`Упоређени су слични случајеви`,
  "case.found_by_phrase": msg`Случај је нађен по лозинци особе`,
  "need.added": msg`Додата је потреба`,
  "need.changed": msg`Промењено је стање потребе`,
  "note.added": msg`Додата је белешка`,
  "note.changed": msg`Измењена је белешка`,
  "note.read": msg`Отворена је листа белешки`,
  "consent.recorded": msg`Забележен је пристанак`,
  "consent.withdrawn": msg`Пристанак је опозван`,
  "consent.read": msg`Отворени су пристанци`,
  "consent.receipt_read": msg`Одштампана је потврда о пристанку`,
  "safeguarding.recorded": msg`Забележен је законски изузетак`,
  "safeguarding.confirmed": msg`Потврђен је законски изузетак`,
  "safeguarding.read": msg`Отворени су законски изузеци`,
  "exclusion.recorded": msg`Неко је искључен`,
  "exclusion.lifted": msg`Искључење је укинуто`,
  "exclusion.read": msg`Отворена су искључења`,
  "disclosure.read": msg`Погледано је коме су подаци дати`,
  "breakglass.requested": msg`Тражен је ванредни увид`,
  "breakglass.started": msg`Почео је ванредни увид`,
  "breakglass.confirmed": msg`Потврђен је ванредни увид`,
  "breakglass.ended": msg`Завршен је ванредни увид`,
  "breakglass.reviewed": msg`Прегледан је ванредни увид`,
};
const KINDS: Record<string, MessageDescriptor> = {
  case: msg`Радња на случају`,
  referral: msg`Радња на упуту`,
  question: msg`Питање или одговор о упуту`,
  consent: msg`Радња на пристанку`,
  note: msg`Радња на белешци`,
};
const REFERRALS: Record<string, MessageDescriptor> = {
  "referral.sent": msg`Послат је упут`,
  "referral.read": msg`Отворен је упут`,
  "referral.history_read": msg`Отворен је ток упута`,
  "referral.revealed": msg`Отворена је белешка упута`,
  "referral.accepted": msg`Упут је прихваћен`,
  "referral.rejected": msg`Упут је одбијен`,
  "referral.started": msg`Почела је помоћ по упуту`,
  "referral.held": msg`Упут је привремено заустављен`,
  "referral.resumed": msg`Рад по упуту је настављен`,
  "referral.completed": msg`Упут је завршен`,
  "referral.failed": msg`Упут није успео`,
  "referral.cancelled": msg`Упут је отказан`,
  "referral.acknowledged": msg`Одговор на упут је примљен`,
  "referral.changed": msg`Измењен је упут`,
  "referral.corrected": msg`Упут је исправљен`,
};

export const useVerb = (): ((verb: string) => string) => {
  const { i18n } = useLingui();
  return (verb) => {
    const found = VERBS[verb] ?? REFERRALS[verb] ?? KINDS[verb.split(".")[0] ?? ""];
    return i18n._(found ?? msg`Друга радња`);
  };
};
