import { Trans, useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconClock, IconHourglass } from "@tabler/icons-react";
import { ifMatch } from "@/api";
import type { InvitationOut } from "@/api/gen";
import { invitationsRevokeMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, usePersonName } from "@/reference";
import { day, Group, ProblemNotice, Sign, Stack, tell, Text, untilNow, useSend } from "@/ui";
import { SureButton } from "./SureButton";
import { usePlace } from "./WaitingPeople";

export const InvitationLine = ({ invitation }: { invitation: InvitationOut }) => {
  const { t, i18n } = useLingui();
  const role = useLabel("roles")(invitation.role);
  const place = usePlace()(invitation);
  const by = usePersonName()(invitation.invited_by);
  const revoke = useSend(invitationsRevokeMutation(), () => tell(t`Позив више не важи.`));
  const on = day(invitation.created_at, i18n.locale);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{role}</Text>
          <Text size="sm">{place}</Text>
          <Text size="sm" c="dimmed">
            <Trans>
              Упућено: {on}, {by}
            </Trans>
          </Text>
        </div>
        <State of={invitation} />
      </Group>
      {revoke.problem !== undefined && <ProblemNotice error={revoke.problem} />}
      {isOpen(invitation) && (
        <SureButton
          name={t`Опозови`}
          sure={t`Да, позив више не важи`}
          loading={revoke.isPending}
          onSure={() => revoke.mutate({ path: { id: invitation.id }, headers: ifMatch(invitation) })}
        />
      )}
    </Stack>
  );
};

const isOver = (at: string): boolean => new Date(at).getTime() <= Date.now();
const isOpen = (one: InvitationOut): boolean =>
  one.accepted_at === null && one.revoked_at === null && !isOver(one.expires_at);

const State = ({ of }: { of: InvitationOut }) => {
  const { t, i18n } = useLingui();
  if (of.accepted_at !== null) return <Sign icon={IconCheck} tone="good">{t`прихваћен`}</Sign>;
  if (of.revoked_at !== null) return <Sign icon={IconBan} tone="quiet">{t`опозван`}</Sign>;
  if (isOver(of.expires_at)) return <Sign icon={IconClock} tone="quiet">{t`истекао`}</Sign>;
  if (of.waits_until !== null) return <Sign icon={IconHourglass} tone="soon">{t`чека другу особу`}</Sign>;
  const when = untilNow(of.expires_at, i18n.locale);
  return <Sign icon={IconClock} tone="calm">{t`отворен, истиче ${when}`}</Sign>;
};
