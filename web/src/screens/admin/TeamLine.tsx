import { Trans, useLingui } from "@lingui/react/macro";
import { IconHourglass, IconKeyOff } from "@tabler/icons-react";
import { useState } from "react";
import type { KeyDestructionOut, TeamOut } from "@/api/gen";
import { keyDestructionsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useTeamName } from "@/reference";
import { Button, Group, Sheet, Sign, Stack, tell, Text, TextLink, useOnce, useSend } from "@/ui";
import { TypedSure } from "./TypedSure";

interface Props {
  team: TeamOut;
  /** What stands of its keys, for who may know. */
  keys: KeyDestructionOut | undefined;
  /** Whether I may ask for the end of them. */
  asks: boolean;
}

export const TeamLine = ({ team, keys, asks }: Props) => {
  const name = useTeamName()(team.id);
  const town = useLabel("municipalities")(team.municipality);
  return (
    <Stack gap="xs">
      <Stack gap={2}>
        <Text fw={600}>
          {name} <span className="code">({team.prefix})</span>
        </Text>
        <Text size="sm" c="dimmed">
          {town}
        </Text>
      </Stack>
      {keys !== undefined && <Keys of={keys} />}
      {asks && keys === undefined && <AskForEnd team={team} name={name} />}
    </Stack>
  );
};

const Keys = ({ of }: { of: KeyDestructionOut }) => {
  const { t } = useLingui();
  if (of.state !== "requested") {
    return (
      <Group>
        <Sign icon={IconKeyOff} tone="late">{t`кључеви су уништени, случајеви више не могу да се отворе`}</Sign>
      </Group>
    );
  }
  return (
    <Group gap="xs">
      <Sign icon={IconHourglass} tone="late">{t`затражено је уништење кључева`}</Sign>
      <TextLink to="/admin/waiting">
        <Trans>Погледај захтев</Trans>
      </TextLink>
    </Group>
  );
};

const AskForEnd = ({ team, name }: { team: TeamOut; name: string }) => {
  const { t } = useLingui();
  const once = useOnce();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const send = useSend(keyDestructionsCreateMutation(), () => {
    tell(t`Затражено је. Извршава чувар кључева, у року од 14 дана.`);
    close();
  });
  return (
    <>
      <Group>
        <Button
          variant="default"
          size="md"
          leftSection={<IconKeyOff size={18} aria-hidden />}
          aria-label={t`Затражи уништење кључева: ${name}`}
          onClick={() => setOpen(true)}
        >
          <Trans>Затражи уништење кључева</Trans>
        </Button>
      </Group>
      <Sheet title={t`Уништење кључева: ${name}`} opened={isOpen} onClose={close}>
        {isOpen && (
          <TypedSure
            says={t`Кад чувар кључева изврши овај захтев, нико више неће моћи да прочита ниједан случај овог тима, ни из резервних копија. Тим више не може ни да отвори нови случај. То је за случај да тим престаје да ради или да су подаци у опасности.`}
            prefix={team.prefix}
            button={t`Затражи уништење`}
            problem={send.problem}
            sending={send.isPending}
            onSure={() => send.mutate({ path: { team_id: team.id }, headers: once(team.id) })}
          />
        )}
      </Sheet>
    </>
  );
};
