import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLabel } from "@/reference";
import type { NextStep } from "./next-step";

type OfNeed = "refer" | "gap";

const WORDS: Readonly<Record<Exclude<NextStep["kind"], OfNeed>, MessageDescriptor>> = {
  triage: msg`Одлучите о предлогу.`,
  "wait-for-triage": msg`Предлог чека одлуку координатора.`,
  "renew-consent": msg`Пристанак ускоро истиче. Разговарајте с особом о новом.`,
  acknowledge: msg`Стигао је одговор на упут. Реците шта следи.`,
  answer: msg`Упут чека одговор Ваше организације.`,
  reroute: msg`Код примаоца више нико не види упут. Пошаљите га неком другом.`,
  "no-answer": msg`Рок за први контакт по упуту је прошао.`,
  send: msg`Упут је припремљен, али још није послат.`,
  review: msg`Време је за преглед. Погледајте како иде и закажите следећи.`,
  "add-need": msg`Упишите шта је особи потребно.`,
  resume: msg`Случај је привремено заустављен. Наставите када буде време.`,
  "on-hold": msg`Случај је привремено заустављен.`,
  close: msg`Све потребе су решене. Случај може да се затвори.`,
  closed: msg`Случај је затворен.`,
  reopen: msg`Случај је затворен. Ако се особа врати, може поново да се отвори.`,
  merged: msg`Ова особа већ има случај. Овај је спојен с њим, и рад се наставља тамо.`,
  calm: msg`Тренутно нема ничега што чека на Вас.`,
};

/** What is to be done, said to the reader. */
export const useStepText = (): ((step: NextStep) => string) => {
  const { t, i18n } = useLingui();
  const label = useLabel("needs");
  return (step) => {
    if (step.kind !== "refer" && step.kind !== "gap") return i18n._(WORDS[step.kind]);
    const need = label(step.need);
    return step.kind === "refer"
      ? t`Потреба „${need}“ још нема упут.`
      : t`За потребу „${need}“ досад није било услуге. Погледајте може ли сада неко да помогне.`;
  };
};
