import { useLingui } from "@lingui/react/macro";
import { IconFlag } from "@tabler/icons-react";
import type { CaseOut } from "@/api/gen";
import { CaseStatus, UrgencySign, useLabel, useOrganisationName, usePersonName, useTeamName } from "@/reference";
import { useMe } from "@/session/me";
import { day, Facts, Group, Sign, Stack, Text } from "@/ui";

/** What identifies a case on the telephone and who answers for it. */
export const CaseHead = ({ one }: { one: CaseOut }) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const flag = useLabel("risk_flags");
  const reason = useLabel("closure_reasons");
  const organisation = useOrganisationName();
  const person = usePersonName();
  const team = useTeamName();
  const on = (value: string | null): string => (value === null ? "" : day(value, i18n.locale));
  const assigned = one.assigned_to === me.id ? t`мени` : person(one.assigned_to);
  return (
    <Stack gap="sm">
      <Group gap={8}>
        <Text span className="numbers" fw={600}>
          {one.code}
        </Text>
        <CaseStatus code={one.status} />
        <UrgencySign code={one.urgency} />
        {one.flags.map((code) => (
          <Sign key={code} icon={IconFlag} tone="late">
            {flag(code)}
          </Sign>
        ))}
      </Group>
      <Facts
        of={[
          [t`Води`, organisation(one.holder)],
          [t`Додељен`, assigned],
          [t`Тим`, me.teams.length > 1 ? team(one.team) : ""],
          [t`Отворен`, on(one.opened_on)],
          [t`Преглед до`, one.status === "closed" ? "" : on(one.review_due)],
          [t`Затворен`, on(one.closed_on)],
          [t`Зашто је затворен`, one.closure_reason === "" ? "" : reason(one.closure_reason)],
        ]}
      />
    </Stack>
  );
};
