import { Trans, useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { quartersCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, Group, ProblemNotice, Sheet, Stack, tell, Text, useDisclosure, useSend } from "@/ui";
import { isOver, usePeriod } from "./periods";

interface Props {
  team: string;
  quarter: string;
}

/** Locking a quarter that is over: once, and for good. */
export const LockQuarter = ({ team, quarter }: Props) => {
  const { t } = useLingui();
  const me = useMe();
  const period = usePeriod();
  const [opened, sheet] = useDisclosure(false);
  const [key] = useState(() => crypto.randomUUID());
  const send = useSend(quartersCreateMutation(), () => {
    sheet.close();
    tell(t`Тромесечје је закључено.`);
  });
  if (!may(me, "quarter.lock")) return null;
  const when = period(quarter);
  if (!isOver(quarter, new Date())) {
    return (
      <Text c="dimmed">
        <Trans>Ово тромесечје може да се закључи кад прође његов последњи дан.</Trans>
      </Text>
    );
  }
  return (
    <>
      <Button
        size="md"
        leftSection={<IconLock size={20} aria-hidden />}
        onClick={sheet.open}
        style={{ alignSelf: "start" }}
      >
        <Trans>Закључи тромесечје</Trans>
      </Button>
      <Sheet title={t`Закључење: ${when}`} opened={opened} onClose={sheet.close}>
        <Stack gap="md">
          <Text>
            <Trans>
              Бројеви се записују једном и више се не мењају. Оно што се упише касније рачуна се у тромесечје у коме је
              уписано. Ово не може да се врати.
            </Trans>
          </Text>
          {send.problem !== undefined && <ProblemNotice error={send.problem} />}
          <Group>
            <Button
              size="md"
              loading={send.isPending}
              onClick={() => send.mutate({ body: { team, quarter }, headers: { "Idempotency-Key": key } })}
            >
              <Trans>Закључи заувек</Trans>
            </Button>
            <Button size="md" variant="default" onClick={sheet.close}>
              <Trans>Одустани</Trans>
            </Button>
          </Group>
        </Stack>
      </Sheet>
    </>
  );
};
