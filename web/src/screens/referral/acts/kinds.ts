import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ReferralOut } from "@/api/gen";

/** Every act on a referral, the one that is most likely wanted first. */
export const ACTS = [
  "reply",
  "accept",
  "reject",
  "acknowledge",
  "send",
  "start",
  "resume",
  "follow-up",
  "complete",
  "progress",
  "ask",
  "phoned",
  "edit",
  "hold",
  "fail",
  "undo",
  "cancel",
  "correct",
] as const;
export type Act = (typeof ACTS)[number];

/** What a button says. */
export const NAMES: Record<Act, MessageDescriptor> = {
  reply: msg`Одговори на питање`,
  accept: msg`Прихвати`,
  reject: msg`Одбиј`,
  acknowledge: msg`Шта је следеће`,
  send: msg`Пошаљи`,
  start: msg`Забележи први контакт`,
  resume: msg`Настави`,
  "follow-up": msg`Како је после 90 дана`,
  complete: msg`Заврши`,
  progress: msg`Стање или термин`,
  ask: msg`Постави питање`,
  phoned: msg`Позвано телефоном`,
  edit: msg`Измени нацрт`,
  hold: msg`Паузирај`,
  fail: msg`Није успело`,
  undo: msg`Поништи одговор`,
  cancel: msg`Откажи упут`,
  correct: msg`Унето грешком`,
};

const OF_THE_TARGET: readonly Act[] = [
  "accept",
  "reject",
  "start",
  "resume",
  "complete",
  "progress",
  "hold",
  "fail",
  "undo",
];

export const isAct = (word: unknown): word is Act => ACTS.some((one) => one === word);

export const actsOf = ({ allowed_actions }: Pick<ReferralOut, "allowed_actions">): Act[] =>
  ACTS.filter((one) => allowed_actions.includes(one));

const SHOWN = 3;
/** Never shown as a large button: rare, or hard to take back. */
const RARE: readonly Act[] = ["undo", "cancel", "correct", "fail", "hold", "edit"];

/** Which acts are buttons, and which stand in the menu. */
export const sorted = (acts: readonly Act[]): { shown: Act[]; more: Act[] } => {
  const shown = acts.filter((one) => !RARE.includes(one)).slice(0, SHOWN);
  return { shown, more: acts.filter((one) => !shown.includes(one)) };
};

/** Whether an act is told for a provider that cannot answer here itself: then it is said how one heard of it. */
export const isReport = (act: Act, recipientIsOurs: boolean): boolean =>
  OF_THE_TARGET.includes(act) && !recipientIsOurs;
