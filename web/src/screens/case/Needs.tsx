import { Trans, useLingui } from "@lingui/react/macro";
import {
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconProgress,
  type TablerIcon,
} from "@tabler/icons-react";
import type { CaseOut, NeedOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { Empty, Group, Section, Sign, Text, type Tone } from "@/ui";
import { ActButton } from "./acts/ActButton";
import { NeedStatus } from "./acts/NeedStatus";
import { ReferLink } from "./ReferLink";

const LOOKS: Record<string, readonly [TablerIcon, Tone]> = {
  open: [IconCircle, "soon"],
  being_met: [IconProgress, "calm"],
  met: [IconCircleCheck, "good"],
  gap: [IconCircleX, "late"],
  withdrawn: [IconCircleDashed, "quiet"],
};

/** What the person needs, and how far it is. */
export const Needs = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  return (
    <Section title={t`Потребе`} actions={<ActButton one={one} act="add_need" quiet />}>
      {one.needs.length === 0 ? (
        <Empty>
          <Trans>Још није уписано шта је особи потребно.</Trans>
        </Empty>
      ) : (
        <ul className="plain-list">
          {one.needs.map((need) => (
            <Line key={need.id} one={one} need={need} />
          ))}
        </ul>
      )}
    </Section>
  );
};

const Line = ({ one, need }: { one: CaseOut; need: NeedOut }) => {
  const { t } = useLingui();
  const label = useLabel("needs");
  const status = useLabel("need_statuses");
  const [icon, tone] = LOOKS[need.status] ?? [IconCircle, "quiet" as const];
  const name = label(need.code);
  const refers = ["open", "gap"].includes(need.status);
  return (
    <Group component="li" className="line" justify="space-between" gap="xs">
      <Group gap="sm">
        <Text span fw={500}>
          {name}
        </Text>
        <Sign icon={icon} tone={tone}>
          {status(need.status)}
        </Sign>
      </Group>
      <Group gap="xs">
        {one.allowed_actions.includes("edit") && <NeedStatus one={one} need={need} name={name} />}
        {refers && (
          <ReferLink one={one} need={need.code} variant="default" label={t`Упути: ${name}`}>
            <Trans>Упути</Trans>
          </ReferLink>
        )}
      </Group>
    </Group>
  );
};
