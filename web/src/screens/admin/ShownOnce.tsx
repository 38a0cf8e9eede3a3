import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Alert, Button, Code, CopyButton, Sheet, Stack, Text } from "@/ui";

interface Props {
  title: string;
  secret: string | null;
  says: string;
  onClose: () => void;
}

/** A link or a secret that the service shows a single time; it is kept nowhere here either. */
export const ShownOnce = ({ title, secret, says, onClose }: Props) => {
  const { t } = useLingui();
  return (
    <Sheet title={title} opened={secret !== null} onClose={onClose}>
      <Stack gap="md">
        <Alert variant="outline" title={t`Види се само сада`}>
          <Text>{says}</Text>
        </Alert>
        <Code className="shown-once">{secret}</Code>
        <CopyButton value={secret ?? ""} timeout={4000}>
          {({ copied, copy }) => (
            <Button
              size="md"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              {copied ? t`Копирано` : t`Копирај`}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" size="md" onClick={onClose}>
          <Trans>Предато је, затвори</Trans>
        </Button>
      </Stack>
    </Sheet>
  );
};
