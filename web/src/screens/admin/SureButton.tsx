import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Group } from "@/ui";

interface Props {
  name: string;
  /** What it is called where several of the kind stand on a page. */
  label?: string;
  /** What the second press says it will do. */
  sure: string;
  loading: boolean;
  onSure: () => void;
}

/** An act that takes something away: two presses, the second one says what happens. */
export const SureButton = ({ name, label, sure, loading, onSure }: Props) => {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Group gap="xs">
        <Button variant="default" size="md" aria-label={label} onClick={() => setAsked(true)}>
          {name}
        </Button>
      </Group>
    );
  }
  const run = () => {
    setAsked(false);
    onSure();
  };
  return (
    <Group gap="xs">
      <Button color="red" variant="outline" size="md" loading={loading} onClick={run}>
        {sure}
      </Button>
      <Button variant="subtle" size="md" onClick={() => setAsked(false)}>
        <Trans>Ипак не</Trans>
      </Button>
    </Group>
  );
};
