import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import type { MySessionOut } from "@/api/gen";
import { Button, dayAndTime, Group, Sign, Text, untilNow } from "@/ui";
import { deviceName, isHandheld } from "./device-name";

interface Props {
  session: MySessionOut;
  busy: boolean;
  onEnd: () => void;
}

export const SessionRow = ({ session, busy, onEnd }: Props) => {
  const { t, i18n } = useLingui();
  const name = deviceName(session) || t`Непознат уређај`;
  const Icon = isHandheld(session) ? IconDeviceMobile : IconDeviceDesktop;
  const begun = dayAndTime(session.begun_at, i18n.locale);
  return (
    <li className="row factor">
      <Icon size={24} aria-hidden />
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {session.here
            ? t`пријава ${begun}`
            : `${t`пријава ${begun}`} · ${t`последњи пут ${untilNow(session.used_at, i18n.locale)}`}`}
        </Text>
      </div>
      <Group justify="end">
        {session.here ? (
          <Sign tone="good" icon={IconCheck}>{t`Овај уређај`}</Sign>
        ) : (
          <Button variant="default" size="md" aria-label={t`Одјави: ${name}`} loading={busy} onClick={onEnd}>
            <Trans>Одјави</Trans>
          </Button>
        )}
      </Group>
    </li>
  );
};
