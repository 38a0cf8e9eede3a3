import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconArrowRight, IconAlertTriangle } from "@tabler/icons-react";
import type { ReferralRow } from "@/api/gen";
import { StatusSign, UrgencySign, useOrganisationName, useServiceName } from "@/reference";
import { DueSign, Group, RowLink, Sign, Text } from "@/ui";

const WAITING: readonly string[] = ["requested", "accepted"];

/** One referral in the list: of whom, for what, between whom, and how it stands. */
export const ReferralLine = ({ row }: { row: ReferralRow }) => {
  const { t } = useLingui();
  const service = useServiceName();
  const waits = row.due_at !== null && WAITING.includes(row.status);
  return (
    <RowLink to="/referrals/$id" params={{ id: row.id }} preload={false}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{row.spoken_name || row.code}</Text>
          <Text size="sm">{service(row.service_code)}</Text>
          <Between row={row} />
        </div>
        <Group gap={6}>
          {waits && row.due_at !== null && <DueSign at={row.due_at} late={row.overdue} />}
          {row.needs_rerouting && <Sign icon={IconAlertTriangle} tone="late">{t`Нема ко да одговори`}</Sign>}
          <StatusSign code={row.status} />
          {row.urgency !== "routine" && <UrgencySign code={row.urgency} />}
        </Group>
      </Group>
    </RowLink>
  );
};

/** To whom it goes, or from whom it came. */
const Between = ({ row: { side, requester, recipient, code } }: { row: ReferralRow }) => {
  const { t } = useLingui();
  const organisation = useOrganisationName();
  const Icon = side === "sent" ? IconArrowRight : IconArrowLeft;
  const other = organisation(side === "sent" ? recipient : requester);
  const words = side === "sent" ? t`Прима: ${other}` : t`Упућује: ${other}`;
  return (
    <Text size="sm" c="dimmed">
      {other !== "" && <Icon size={14} aria-hidden className="between" />} {other !== "" && `${words} · `}
      <span className="numbers">{code}</span>
    </Text>
  );
};
