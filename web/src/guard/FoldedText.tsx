import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { GuardedText, type GuardedTextProps } from "./GuardedText";

/** Folded away: mostly no words are needed, and every word is something that can tell who somebody is. */
export const FoldedText = (props: GuardedTextProps) => {
  const [opened, setOpened] = useState(false);
  if (opened || props.value.text !== "") return <GuardedText size="md" autoFocus={opened} {...props} />;
  return (
    <div>
      <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setOpened(true)}>
        <Trans>Додај напомену</Trans>
      </Button>
    </div>
  );
};
