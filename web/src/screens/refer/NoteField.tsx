import { Trans, useLingui } from "@lingui/react/macro";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { GuardedText, type GuardedValue } from "@/guard";
import { Button, Section } from "@/ui";

/** Folded away: most referrals need no words, and every word is something that can tell who somebody is. */
export const NoteField = ({ value, onChange }: { value: GuardedValue; onChange: (value: GuardedValue) => void }) => {
  const { t } = useLingui();
  const [opened, setOpened] = useState(false);
  if (!opened && value.text === "")
    return (
      <div>
        <Button variant="default" leftSection={<IconPencil size={18} />} onClick={() => setOpened(true)}>
          <Trans>Додај напомену</Trans>
        </Button>
      </div>
    );
  return (
    <Section title={t`Напомена`}>
      <div data-part="note">
        <GuardedText label={t`Текст напомене`} value={value} onChange={onChange} autoFocus={opened} size="md" />
      </div>
    </Section>
  );
};
