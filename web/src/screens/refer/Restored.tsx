import { Trans } from "@lingui/react/macro";
import { Alert, Button, Group, Text } from "@/ui";

export const Restored = ({ onFresh }: { onFresh: () => void }) => (
  <Alert variant="outline" role="status">
    <Group justify="space-between" gap="xs">
      <Text>
        <Trans>Настављате упут који сте раније започели.</Trans>
      </Text>
      <Button variant="default" onClick={onFresh}>
        <Trans>Почни из почетка</Trans>
      </Button>
    </Group>
  </Alert>
);
