import { useLingui } from "@lingui/react/macro";
import { IconCalendarDue } from "@tabler/icons-react";
import type { CaseRow } from "@/api/gen";
import { CaseStatus, UrgencySign, useOrganisationName } from "@/reference";
import { useMe } from "@/session/me";
import { day, Group, RowLink, Sign, Text } from "@/ui";
import { isLate } from "./group";

const Due = ({ row }: { row: CaseRow }) => {
  const { t, i18n } = useLingui();
  const late = isLate(row, new Date());
  const tone = late ? "late" : "quiet";
  if (row.status === "proposed" && row.triage_due_at !== null)
    return <Sign icon={IconCalendarDue} tone={tone}>{t`Одлука до ${day(row.triage_due_at, i18n.locale)}`}</Sign>;
  if (row.status === "closed" || row.review_due === null) return null;
  return <Sign icon={IconCalendarDue} tone={tone}>{t`Преглед до ${day(row.review_due, i18n.locale)}`}</Sign>;
};

/** One case in the list: nothing about the person, only what is needed to find it and to know what presses. */
export const CaseLine = ({ row }: { row: CaseRow }) => {
  const { t } = useLingui();
  const me = useMe();
  const organisation = useOrganisationName();
  const whose = row.assigned_to === me.id ? t`код мене` : organisation(row.holder);
  return (
    <RowLink to="/cases/$id" params={{ id: row.id }} preload={false}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{row.spoken_name}</Text>
          <Text size="sm" c="dimmed" className="numbers">
            {row.code}
            {whose === "" ? "" : ` · ${whose}`}
          </Text>
        </div>
        <Group gap={6}>
          <Due row={row} />
          <CaseStatus code={row.status} />
          {row.urgency !== "routine" && <UrgencySign code={row.urgency} />}
        </Group>
      </Group>
    </RowLink>
  );
};
