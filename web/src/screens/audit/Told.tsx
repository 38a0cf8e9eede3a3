import { Trans, useLingui } from "@lingui/react/macro";
import { IconClock, IconClockExclamation } from "@tabler/icons-react";
import type { ReviewRow } from "@/api/gen";
import { usePersonName } from "@/reference";
import { dayAndTime, Group, Sign, Stack, Text, untilNow } from "@/ui";
import { useRule, useVerb } from "./words";

/** How soon an item has to be judged; nothing where that is not told. */
export const Due = ({ item }: { item: ReviewRow }) => {
  const { t, i18n } = useLingui();
  if (item.due_at === null || item.verdict !== null) return null;
  const when = untilNow(item.due_at, i18n.locale);
  return item.overdue === true ? (
    <Sign icon={IconClockExclamation} tone="late">{t`Касни: рок је био ${when}`}</Sign>
  ) : (
    <Sign icon={IconClock} tone="quiet">{t`Рок ${when}`}</Sign>
  );
};

/** Who did what, when, and which rule picked it: in words. */
export const Told = ({ item }: { item: ReviewRow }) => {
  const { i18n } = useLingui();
  const name = usePersonName();
  const verb = useVerb();
  const rule = useRule();
  const { name: ruleName, why } = rule(item.rule);
  return (
    <Stack gap="sm">
      <Stack gap={2}>
        <Text size="lg">
          <strong>{verb(item.action)}</strong>
          {item.case_code !== null && <span className="code"> {item.case_code}</span>}
        </Text>
        <Text>
          {item.person !== null && `${name(item.person)}, `}
          {dayAndTime(item.at, i18n.locale)}
        </Text>
      </Stack>
      <Text>
        <Trans>
          Зашто је овде: <strong>{ruleName}</strong>. {why}
        </Trans>
      </Text>
      <Group gap="xs">
        <Due item={item} />
      </Group>
    </Stack>
  );
};
