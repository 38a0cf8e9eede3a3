import { useLingui } from "@lingui/react/macro";
import { IconHourglass } from "@tabler/icons-react";
import type { ReviewRow } from "@/api/gen";
import { usePersonName } from "@/reference";
import { dayAndTime, Group, RowLink, Sign, Text } from "@/ui";
import { Due } from "./Told";
import { useRule, useVerb } from "./words";

const WEEK = 604_800_000;
const soon = ({ due_at }: ReviewRow): boolean => due_at !== null && Date.parse(due_at) - Date.now() < WEEK;

/** Items as lines; each opens its own page. */
export const ItemRows = ({ items }: { items: readonly ReviewRow[] }) => {
  const { t, i18n } = useLingui();
  const name = usePersonName();
  const verb = useVerb();
  const rule = useRule();
  return (
    <ul className="plain-list">
      {items.map((one) => (
        <li key={one.id}>
          <RowLink to="/audit/$id" params={{ id: one.id }} preload={false}>
            <Group justify="space-between" gap="xs">
              <div>
                <Text>
                  {verb(one.action)} <span className="code">{one.case_code}</span>
                </Text>
                <Text size="sm" c="dimmed">
                  {name(one.person)}, {dayAndTime(one.at, i18n.locale)} · {rule(one.rule).name}
                </Text>
              </div>
              {one.answer_overdue ? (
                <Sign icon={IconHourglass} tone="late">{t`без одговора више од недељу дана`}</Sign>
              ) : (
                one.verdict === null && soon(one) && <Due item={one} />
              )}
            </Group>
          </RowLink>
        </li>
      ))}
    </ul>
  );
};
