import { Trans } from "@lingui/react/macro";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Button, CopyButton, Group } from "@/ui";

interface Props {
  text: string;
  /** What belongs to it and is not copied. */
  beside?: ReactNode;
}

/** A sentence to be cited as it stands. */
export const Quote = ({ text, beside }: Props) => (
  <div className="quote">
    <p>{text}</p>
    <Group gap="xs" justify="space-between">
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="sm"
            className="no-print"
            onClick={copy}
            leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
          >
            {copied ? <Trans>Копирано</Trans> : <Trans>Копирај</Trans>}
          </Button>
        )}
      </CopyButton>
      {beside}
    </Group>
  </div>
);
