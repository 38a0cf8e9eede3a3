import { useLingui } from "@lingui/react/macro";
import { IconPrinter } from "@tabler/icons-react";
import type { ReferralOut } from "@/api/gen";
import { StatusSign, UrgencySign, useLabel, useServiceName } from "@/reference";
import { ButtonLink, DueSign, Group, Stack, Text } from "@/ui";

const RUNNING: readonly string[] = ["requested", "accepted"];

/** What it is and how it stands, at a glance. */
export const Head = ({ referral }: { referral: ReferralOut }) => {
  const service = useServiceName();
  const finer = useLabel("business_statuses");
  const { status, urgency, due_at, overdue, business_status, first_contact_at } = referral;
  const waits = due_at !== null && first_contact_at === null && RUNNING.includes(status);
  return (
    <Stack gap="xs" className="referral-head">
      <Text size="lg" fw={500}>
        {service(referral.service_code)}
      </Text>
      <Group gap="xs">
        <StatusSign code={status} />
        {referral.ended_at === null && <UrgencySign code={urgency} />}
        {waits && <DueSign at={due_at} late={overdue} />}
      </Group>
      {business_status !== "" && <Text>{finer(business_status)}</Text>}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" className="numbers">
          {referral.code}
        </Text>
        {referral.side === "requester" && referral.access === "full" && <Prints referral={referral} />}
      </Group>
    </Stack>
  );
};

const Prints = ({ referral }: { referral: ReferralOut }) => {
  const { t } = useLingui();
  const icon = <IconPrinter size={18} aria-hidden />;
  return (
    <Group gap="xs">
      <ButtonLink
        to="/print/letter/$id"
        params={{ id: referral.id }}
        preload={false}
        variant="subtle"
        leftSection={icon}
      >{t`Писмо`}</ButtonLink>
      <ButtonLink
        to="/print/slip/$id"
        params={{ id: referral.id }}
        preload={false}
        variant="subtle"
        leftSection={icon}
      >{t`Листић за особу`}</ButtonLink>
    </Group>
  );
};
