import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut } from "@/api/gen";
import { inboxRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { ButtonLink, day, Group, Section, Text } from "@/ui";
import { ActButton } from "./acts/ActButton";
import { type NextStep, nextStep } from "./next-step";
import { useStepText } from "./step-text";
import { ReferLink } from "./ReferLink";
import { useReferralsOfCase } from "./ReferralsOfCase";

/** The one most useful thing to do now, with its button. */
export const WhatNext = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const inbox = useQuery(inboxRetrieveOptions());
  const referrals = useReferralsOfCase(one);
  // Half known it would send somebody the wrong way.
  if (referrals.data === undefined || inbox.isPending) return null;
  const known = { case: one, referrals: referrals.data.results, inbox: inbox.data, now: new Date() };
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
  const { i18n } = useLingui();
  const words = useStepText();
  const due = "due" in step && step.due !== null ? day(step.due, i18n.locale) : undefined;
  return (
    <div className="next-words">
      <Text>{words(step)}</Text>
      {due !== undefined && (
        <Text size="sm" c="dimmed">
          {step.kind === "resume" || step.kind === "on-hold" ? (
            <Trans>Преглед до: {due}</Trans>
          ) : (
            <Trans>Рок: {due}</Trans>
          )}
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
    case "answer":
    case "reroute":
    case "no-answer":
    case "send":
      return (
        <ButtonLink size="md" to="/referrals/$id" params={{ id: step.referral }} preload={false}>
          <Trans>Отвори упут</Trans>
        </ButtonLink>
      );
    case "merged":
      return (
        <ButtonLink size="md" to="/cases/$id" params={{ id: step.into }} preload={false}>
          <Trans>Отвори тај случај</Trans>
        </ButtonLink>
      );
    case "refer":
    case "gap":
      return (
        <ReferLink one={one} size="md">
          <Trans>Упути</Trans>
        </ReferLink>
      );
    default:
      return null;
  }
};
