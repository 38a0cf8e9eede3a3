import { Trans, useLingui } from "@lingui/react/macro";
import { IconLogout } from "@tabler/icons-react";
import { leave, leaveEverywhere } from "@/session/leave";
import { useTry } from "@/session/use-try";
import { Button, Group, ProblemNotice, Section, Text } from "@/ui";

export const Leaving = () => {
  const { t } = useLingui();
  const here = useTry(leave);
  const everywhere = useTry(leaveEverywhere);
  const problem = here.problem ?? everywhere.problem;
  return (
    <Section title={t`Одјава`}>
      <Text>
        <Trans>
          Нацрти које нисте послали остају на овом уређају, закључани док се поново не пријавите. Пријава сама истиче
          после пола сата мировања.
        </Trans>
      </Text>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Group gap="xs">
        <Button
          variant="default"
          size="md"
          leftSection={<IconLogout size={20} aria-hidden />}
          loading={here.busy}
          onClick={() => here.run()}
        >
          <Trans>Одјави се</Trans>
        </Button>
        <Button variant="default" size="md" loading={everywhere.busy} onClick={() => everywhere.run()}>
          <Trans>Одјави се на свим уређајима</Trans>
        </Button>
      </Group>
    </Section>
  );
};
