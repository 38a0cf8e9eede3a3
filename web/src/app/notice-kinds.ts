import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { LinkProps } from "@tanstack/react-router";

const NAMES: Record<string, MessageDescriptor> = {
  "referral.sent": msg`Стигао је упут`,
  "referral.accepted": msg`Упут је прихваћен`,
  "referral.rejected": msg`Упут је одбијен`,
  "referral.started": msg`Помоћ је почела`,
  "referral.progressed": msg`Новост о упуту`,
  "referral.held": msg`Упут је стављен на чекање`,
  "referral.resumed": msg`Упут се наставља`,
  "referral.completed": msg`Помоћ по упуту је завршена`,
  "referral.failed": msg`Помоћ по упуту није остварена`,
  "referral.cancelled": msg`Упут је повучен`,
  "referral.acknowledged": msg`Одговор на упут је примљен`,
  "referral.asked": msg`Питање о упуту`,
  "referral.replied": msg`Одговор на питање о упуту`,
  "referral.followed_up": msg`Вест о томе како је после упута`,
  "referral.undone": msg`Одговор на упут је повучен`,
  "referral.corrected": msg`Упут је био грешка`,
  "referral.correction_asked": msg`Исправка упута чека потврду`,
  "referral.erased": msg`Упут је обрисан`,
  "referral.lapsed": msg`Упут је истекао без одговора`,
  "referral.consent_withdrawn": msg`Пристанак је повучен, упут је завршен`,
  "case.opened": msg`Случај је отворен`,
  "case.erased": msg`Случај је обрисан`,
  "case.exported": msg`Подаци су извезени за особу`,
  "case.assigned": msg`Случај је додељен`,
  "case.closed": msg`Случај је затворен`,
  "case.reopened": msg`Случај је поново отворен`,
  "case.triaged": msg`Одлучено је о предлогу случаја`,
  "case.proposed": msg`Предложен је нови случај`,
  "case.merged": msg`Случајеви су спојени`,
  "case.holder_replaced": msg`Случај води друга организација`,
  "case.duplicate_hinted": msg`Можда исти случај већ постоји`,
  "exclusion.recorded": msg`Неко је искључен из случаја`,
  "safeguarding.recorded": msg`Законски изузетак чека потврду`,
  "breakglass.requested": msg`Тражен је ванредни увид`,
  "breakglass.started": msg`Почео је ванредни увид`,
  "erasure.requested": msg`Тражи се брисање случаја`,
  "erasure.confirmed": msg`Брисање случаја је потврђено`,
  "erasure.declined": msg`Брисање случаја је одбијено`,
  "key.destruction_asked": msg`Тражи се уништење кључева тима`,
  "key.destruction_declined": msg`Кључеви тима остају`,
  "key.team_destroyed": msg`Кључеви тима су уништени`,
  "integrity.failed": msg`Један запис не може да се отвори`,
  "rights_request.recorded": msg`Особа тражи своја права`,
  "rights_request.overdue": msg`Истекао је рок за захтев особе`,
  "rights_request.rectified": msg`Подаци су исправљени на захтев особе`,
  "review.escalated": msg`Увид је упућен на проверу`,
  "team.deputy_needed": msg`Тиму треба заменик`,
};
const ABOUT: Record<string, MessageDescriptor> = {
  referral: msg`Новост о упуту`,
  case: msg`Новост о случају`,
  breakglass: msg`Ванредни увид`,
  erasure: msg`Брисање података`,
};
const OTHER = msg`Новост`;

/** What happened, in words; what is new to this app is named after its object. */
export const noticeName = (kind: string): MessageDescriptor =>
  NAMES[kind] ?? ABOUT[kind.split(".", 1)[0] ?? ""] ?? OTHER;

const PAGES: Record<string, LinkProps["to"]> = {
  referral: "/referrals/$id",
  case: "/cases/$id",
  reviewitem: "/audit/$id",
  safeguardingbasis: "/admin/waiting",
  keydestruction: "/admin/waiting",
  erasure: "/admin/erasures",
  rightsrequest: "/admin/rights",
  team: "/admin/members",
};

/** Where the object is shown, if it has a page. */
export const noticePage = (objectKind: string): LinkProps["to"] => PAGES[objectKind];
