import { Trans, useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import { quartersCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, Group, ProblemNotice, Sheet, Stack, tell, Text, useDisclosure, useOnce, useSend } from "@/ui";
import { isOver, usePeriod } from "./periods";

interface Props {
  team: string;
  quarter: string;
}

/** Locking a quarter that is over: once, and for good. */
export const LockQuarter = ({ team, quarter }: Props) => {
  const { t } = useLingui();
  const me = useMe();
  const when = usePeriod()(quarter);
  const [opened, sheet] = useDisclosure(false);
  if (!may(me, "quarter.lock")) return null;
  if (!isOver(quarter, new Date())) {
    return (
      <Text c="dimmed">
        <Trans>Ово тромесечје може да се закључи кад прође његов последњи дан.</Trans>
      </Text>
    );
  }
  return (
    <>
      <Button size="md" className="own-width" leftSection={<IconLock size={20} aria-hidden />} onClick={sheet.open}>
        <Trans>Закључи тромесечје</Trans>
      </Button>
      <Sheet title={t`Закључење: ${when}`} opened={opened} onClose={sheet.close}>
        <Lock team={team} quarter={quarter} onDone={sheet.close} />
      </Sheet>
    </>
  );
};

const Lock = ({ team, quarter, onDone }: Props & { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const send = useSend(quartersCreateMutation(), () => {
    onDone();
    tell(t`Тромесечје је закључено.`);
  });
  const body = { team, quarter };
  return (
    <Stack gap="md">
      <Text>
        <Trans>
          Бројеви се записују једном и више се не мењају. Оно што се упише касније рачуна се у тромесечје у коме је
          уписано. Ово не може да се врати.
        </Trans>
      </Text>
      {send.problem !== undefined && <ProblemNotice error={send.problem} />}
      <Group>
        <Button size="md" loading={send.isPending} onClick={() => send.mutate({ body, headers: once(body) })}>
          <Trans>Закључи заувек</Trans>
        </Button>
        <Button size="md" variant="default" onClick={onDone}>
          <Trans>Одустани</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
