import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut } from "@/api/gen";
import { inboxRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { ButtonLink, day, Group, Section, Text } from "@/ui";
import { ActButton } from "./acts/ActButton";
import { type NextStep, nextStep } from "./next-step";
import { ReferLink } from "./ReferLink";
import { useReferralsOfCase } from "./ReferralsOfCase";

/** The one most useful thing to do now, with its button. */
export const WhatNext = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const inbox = useQuery(inboxRetrieveOptions());
  const referrals = useReferralsOfCase(one);
  if (referrals.isPending) return null;
  const known = { case: one, referrals: referrals.data?.results ?? [], inbox: inbox.data, now: new Date() };
  const step = nextStep(known);
  return (
    <Section title={t`Шта је следеће`}>
      <Group className="next-step" justify="space-between">
        <Words step={step} />
        <Door one={one} step={step} />
      </Group>
    </Section>
  );
};

const Words = ({ step }: { step: NextStep }) => {
  const { t, i18n } = useLingui();
  const need = useLabel("needs");
  const words = (): string => {
    switch (step.kind) {
      case "triage":
        return t`Одлучите о предлогу.`;
      case "wait-for-triage":
        return t`Предлог чека одлуку координатора.`;
      case "renew-consent":
        return t`Пристанак ускоро истиче. Разговарајте с особом о новом.`;
      case "acknowledge":
        return t`Стигао је одговор на упут. Реците шта следи.`;
      case "no-answer":
        return t`Рок за први контакт по упуту је прошао.`;
      case "review":
        return t`Време је за преглед. Погледајте како иде и закажите следећи.`;
      case "refer":
        return t`Потреба „${need(step.need)}“ још нема упут.`;
      case "add-need":
        return t`Упишите шта је особи потребно.`;
      case "resume":
        return t`Случај је привремено заустављен. Наставите када буде време.`;
      case "close":
        return t`Све потребе су решене. Случај може да се затвори.`;
      case "reopen":
        return t`Случај је затворен. Ако се особа врати, може поново да се отвори.`;
      case "calm":
        return t`Тренутно нема ничега што чека на Вас.`;
    }
  };
  const due = "due" in step && step.due !== null ? day(step.due, i18n.locale) : undefined;
  return (
    <div className="next-words">
      <Text>{words()}</Text>
      {due !== undefined && (
        <Text size="sm" c="dimmed">
          <Trans>Рок: {due}</Trans>
        </Text>
      )}
    </div>
  );
};

const Door = ({ one, step }: { one: CaseOut; step: NextStep }) => {
  switch (step.kind) {
    case "triage":
    case "resume":
    case "close":
    case "reopen":
      return <ActButton one={one} act={step.kind} />;
    case "review":
      return <ActButton one={one} act="edit" />;
    case "add-need":
      return <ActButton one={one} act="add_need" />;
    case "renew-consent":
      return <ActButton one={one} act="record_consent" />;
    case "acknowledge":
    case "no-answer":
      return (
        <ButtonLink size="md" to="/referrals/$id" params={{ id: step.referral }} preload={false}>
          <Trans>Отвори упут</Trans>
        </ButtonLink>
      );
    case "refer":
      return (
        <ReferLink one={one} size="md">
          <Trans>Упути</Trans>
        </ReferLink>
      );
    default:
      return null;
  }
};
