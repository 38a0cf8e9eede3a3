import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@/ui";

/** What was begun earlier is back. */
export const DraftNotice = ({ onDiscard }: { onDiscard: () => void }) => (
  <Group role="status" justify="space-between" gap="xs">
    <Text size="sm">
      <Trans>Враћено је оно што сте раније почели да пишете.</Trans>
    </Text>
    <Button variant="subtle" onClick={onDiscard}>
      <Trans>Почни испочетка</Trans>
    </Button>
  </Group>
);
