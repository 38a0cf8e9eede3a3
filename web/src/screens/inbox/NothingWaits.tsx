import { Trans } from "@lingui/react/macro";
import { IconCoffee } from "@tabler/icons-react";
import { ButtonLink, Empty, Group, Stack, Title } from "@/ui";

/** An empty inbox is good news, and is told as such. */
export const NothingWaits = () => (
  <Stack gap={0} align="flex-start" className="nothing-waits">
    <IconCoffee size={40} stroke={1.5} aria-hidden />
    <Title order={2} mt="sm">
      <Trans>Ништа не чека</Trans>
    </Title>
    <Empty
      action={
        <Group>
          <ButtonLink to="/cases" variant="default" size="md">
            <Trans>Моји случајеви</Trans>
          </ButtonLink>
          <ButtonLink to="/directory" variant="default" size="md">
            <Trans>Именик</Trans>
          </ButtonLink>
        </Group>
      }
    >
      <Trans>На све је одговорено и ниједан рок није прошао. Нови упути појавиће се овде.</Trans>
    </Empty>
  </Stack>
);
