import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ReferralEventOut } from "@/api/gen";
import { useLabel } from "@/reference";

export const HAPPENED: Record<string, MessageDescriptor> = {
  draft: msg`Нацрт је направљен`,
  edit: msg`Нацрт је измењен`,
  send: msg`Упут је послат`,
  accept: msg`Прихваћено`,
  reject: msg`Одбијено`,
  start: msg`Први контакт`,
  progress: msg`Ново стање`,
  hold: msg`Паузирано`,
  resume: msg`Рад је настављен`,
  complete: msg`Завршено`,
  fail: msg`Није успело`,
  cancel: msg`Отказано`,
  acknowledge: msg`Затворено: одлучено шта је следеће`,
  "follow-up": msg`Провера после 90 дана`,
  ask: msg`Питање`,
  reply: msg`Одговор на питање`,
  phoned: msg`Позвано телефоном`,
  undo: msg`Одговор је поништен`,
  correct: msg`Исправка: унето грешком`,
  withdraw: msg`Пристанак је повучен`,
  lapse: msg`Пристанак или споразум је престао да важи`,
};
const DETAILS: Record<string, MessageDescriptor> = {
  asked: msg`затражено, чека другу особу`,
  confirmed: msg`потврдила друга особа`,
  yes: msg`и даље користи услугу`,
  no: msg`више не користи услугу`,
  not_known: msg`не зна се`,
};
const CHANNELS: Record<string, MessageDescriptor> = {
  phone: msg`јављено телефоном`,
  in_person: msg`јављено лично`,
  letter: msg`јављено писмом`,
  e_mail: msg`јављено имејлом`,
};
const REPORTERS: Record<string, MessageDescriptor> = {
  provider: msg`јавила та организација`,
  person: msg`јавила особа`,
  companion: msg`јавила пратња`,
  own_worker: msg`јавио наш радник`,
};

/** Which list names the detail of a step. */
const LISTS: Record<string, "finer" | "question" | "answer"> = {
  progress: "finer",
  ask: "question",
  reply: "question",
  acknowledge: "answer",
};

/** What a step is called, and why it was taken. */
export const useEventWords = (): ((event: ReferralEventOut) => { what: string; why: string }) => {
  const { i18n } = useLingui();
  const status = useLabel("referral_statuses");
  const reason = useLabel("referral_reasons");
  const outcome = useLabel("referral_outcomes");
  const named = {
    finer: useLabel("business_statuses"),
    question: useLabel("questions"),
    answer: useLabel("acknowledgement_answers"),
  };
  const detail = ({ verb, detail: code }: ReferralEventOut): string => {
    const list = LISTS[verb];
    if (code === "") return "";
    if (list !== undefined) return named[list](code);
    return DETAILS[code] === undefined ? "" : i18n._(DETAILS[code]);
  };
  return (event) => {
    const known = HAPPENED[event.verb];
    const because = [
      event.outcome_code && outcome(event.outcome_code),
      event.reason_code && reason(event.reason_code),
      detail(event),
    ];
    return {
      what: known === undefined ? status(event.to_status) : i18n._(known),
      why: because.filter((word) => word !== "").join(" · "),
    };
  };
};

/** What a coded detail of a step is called that stands in no list. */
export const useDetail = (): ((code: string) => string) => {
  const { i18n } = useLingui();
  return (code) => (DETAILS[code] === undefined ? "" : i18n._(DETAILS[code]));
};

/** How the requester heard of what it reports for somebody else. */
export const useHeardFrom = (): ((event: ReferralEventOut) => string) => {
  const { i18n } = useLingui();
  return ({ channel, reporter }) =>
    [CHANNELS[channel], REPORTERS[reporter]]
      .filter((one) => one !== undefined)
      .map((one) => i18n._(one))
      .join(", ");
};
