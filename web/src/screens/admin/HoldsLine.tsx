import { Trans, useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconClock } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Problem } from "@/api";
import { Button, day, Group, ProblemNotice, Sheet, Sign, Stack, Text } from "@/ui";
import { type Interval, standingOf } from "./interval";
import { SureButton } from "./SureButton";

interface Props {
  title: string;
  facts: string;
  of: Interval;
  /** What the second press of ending it says. */
  sure: string;
  problem: Problem | undefined;
  isEnding: boolean;
  onEnd: () => void;
  /** The form in which it is changed. */
  children: (close: () => void) => ReactNode;
}

/** A paper that holds for a time: with whom, from when until when, and whether it does now. */
export const HoldsLine = ({ title, facts, of, sure, problem, isEnding, onEnd, children }: Props) => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Stack gap={2}>
          <Text fw={600}>{title}</Text>
          <Text size="sm">{facts}</Text>
          <Days of={of} />
        </Stack>
        <State of={of} />
      </Group>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Group gap="xs">
        <Button variant="default" size="md" aria-label={t`Измени: ${title}`} onClick={() => setOpen(true)}>
          <Trans>Измени</Trans>
        </Button>
        {standingOf(of) === "holds" && (
          <SureButton name={t`Окончај`} label={t`Окончај: ${title}`} sure={sure} loading={isEnding} onSure={onEnd} />
        )}
      </Group>
      <Sheet title={title} opened={isOpen} onClose={close}>
        {isOpen && children(close)}
      </Sheet>
    </Stack>
  );
};

const Days = ({ of }: { of: Interval }) => {
  const { t, i18n } = useLingui();
  const from = day(of.valid_from, i18n.locale);
  const until = of.valid_until === null ? t`без рока` : day(of.valid_until, i18n.locale);
  return (
    <Text size="sm" c="dimmed">
      <Trans>
        Од: {from}, до: {until}
      </Trans>
    </Text>
  );
};

const State = ({ of }: { of: Interval }) => {
  const { t } = useLingui();
  const standing = standingOf(of);
  if (standing === "over") return <Sign icon={IconBan} tone="quiet">{t`не важи више`}</Sign>;
  if (standing === "ahead") return <Sign icon={IconClock} tone="soon">{t`још не важи`}</Sign>;
  return <Sign icon={IconCheck} tone="good">{t`важи`}</Sign>;
};
