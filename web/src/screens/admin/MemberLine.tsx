import { Trans, useLingui } from "@lingui/react/macro";
import { IconClock, IconHourglass, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import type { MemberOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Button, day, Group, Sheet, Sign, Stack, Text } from "@/ui";
import { MemberActs } from "./MemberActs";
import { usePlace } from "./WaitingPeople";

const ACTS = [
  "membership.manage",
  "membership.invite_own",
  "membership.appoint_coordinator",
  "role.appoint",
  "account.disable",
];

export const MemberLine = ({ member }: { member: MemberOut }) => {
  const { t } = useLingui();
  const me = useMe();
  const role = useLabel("roles")(member.role);
  const [isOpen, setOpen] = useState(false);
  const name = member.user.display_name;
  const canAct = me.may.some((one) => ACTS.includes(one));
  return (
    <Group justify="space-between" gap="xs">
      <Facts member={member} role={role} />
      {canAct && (
        <Button variant="default" size="md" aria-label={t`Измени: ${name}`} onClick={() => setOpen(true)}>
          <Trans>Измени</Trans>
        </Button>
      )}
      <Sheet title={`${name}: ${role}`} opened={isOpen} onClose={() => setOpen(false)}>
        <MemberActs member={member} onDone={() => setOpen(false)} />
      </Sheet>
    </Group>
  );
};

const Facts = ({ member, role }: { member: MemberOut; role: string }) => {
  const { t, i18n } = useLingui();
  const service = useLabel("services");
  const place = usePlace()(member);
  const services = (member.services ?? []).map((code) => service(code)).join(", ");
  const until = member.valid_until === null ? "" : day(member.valid_until, i18n.locale);
  return (
    <Stack gap={2}>
      <Text fw={600}>
        {member.user.display_name} <span className="code">({member.user.username})</span>
      </Text>
      <Text>
        {role}
        {member.organisation_steward && ` · ${t`позива људе из своје организације`}`}
      </Text>
      <Text size="sm" c="dimmed">
        {place}
      </Text>
      {services !== "" && (
        <Text size="sm" c="dimmed">
          <Trans>Само: {services}</Trans>
        </Text>
      )}
      <Group gap="xs">
        {!member.user.is_active && <Sign icon={IconUserOff} tone="late">{t`налог је искључен`}</Sign>}
        {member.waits_until !== null && <Sign icon={IconHourglass} tone="soon">{t`чека другу особу`}</Sign>}
        {until !== "" && <Sign icon={IconClock} tone="quiet">{t`до: ${until}`}</Sign>}
      </Group>
    </Stack>
  );
};
