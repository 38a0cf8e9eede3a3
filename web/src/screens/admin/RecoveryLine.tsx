import { useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconClock } from "@tabler/icons-react";
import type { RecoveryOut } from "@/api/gen";
import { recoveriesRevokeMutation } from "@/api/gen/@tanstack/react-query.gen";
import { ifMatch } from "@/api";
import { usePersonName } from "@/reference";
import { useMe } from "@/session/me";
import { dayAndTime, Group, ProblemNotice, Sign, Stack, tell, Text, untilNow, useSend } from "@/ui";
import { SureButton } from "./SureButton";
import { isOpenRecovery, recoveryWaits } from "./waiting";
import { WaitingRecovery } from "./WaitingAccess";

interface Props {
  recovery: RecoveryOut;
  onLink: (link: string | null) => void;
}

export const RecoveryLine = ({ recovery, onLink }: Props) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const name = usePersonName();
  const revoke = useSend(recoveriesRevokeMutation(), () => tell(t`Враћање приступа је повучено.`));
  if (recoveryWaits(recovery, me)) return <WaitingRecovery of={recovery} onLink={onLink} />;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{name(recovery.user)}</Text>
          <Text size="sm" c="dimmed">
            {dayAndTime(recovery.created_at, i18n.locale)}, {name(recovery.started_by)}
          </Text>
        </div>
        <State of={recovery} />
      </Group>
      {revoke.problem !== undefined && <ProblemNotice error={revoke.problem} />}
      {isOpenRecovery(recovery) && (
        <SureButton
          name={t`Повуци`}
          sure={t`Да, веза више не важи`}
          loading={revoke.isPending}
          onSure={() => revoke.mutate({ path: { id: recovery.id }, headers: ifMatch(recovery) })}
        />
      )}
    </Stack>
  );
};

const State = ({ of }: { of: RecoveryOut }) => {
  const { t, i18n } = useLingui();
  if (of.used_at !== null) return <Sign icon={IconCheck} tone="good">{t`приступ је враћен`}</Sign>;
  if (of.revoked_at !== null) return <Sign icon={IconBan} tone="quiet">{t`повучено`}</Sign>;
  if (!isOpenRecovery(of)) return <Sign icon={IconClock} tone="quiet">{t`истекло`}</Sign>;
  const when = untilNow(of.expires_at, i18n.locale);
  if (of.confirmed_at === null) return <Sign icon={IconClock} tone="soon">{t`чека другу особу, истиче ${when}`}</Sign>;
  return <Sign icon={IconClock} tone="calm">{t`веза је издата, истиче ${when}`}</Sign>;
};
