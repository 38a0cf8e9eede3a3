import { useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import type { CaseOut } from "@/api/gen";
import { Button, Group, Stack, Text } from "@/ui";
import { RevealForm } from "./notes/RevealForm";

interface Props {
  one: CaseOut;
  /** Under which name the service opens it. */
  field: string;
  /** What it is, how opening it is called, and of what it is. */
  name: string;
  open: string;
  of: string;
}

/** A text that stands sealed beside something: opened by hand, for a stated purpose, until the page is left. */
export const SealedWords = ({ one, field, name, open, of }: Props) => {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const [text, setText] = useState<string>();
  if (text !== undefined)
    return (
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          {name}
        </Text>
        <Text className="quiet-text">{text}</Text>
      </Stack>
    );
  if (!one.allowed_actions.includes("reveal")) return null;
  if (asked)
    return (
      <RevealForm
        one={one}
        fields={[field]}
        question={t`Зашто ово отварате? То остаје записано.`}
        label={open}
        onRevealed={(revealed) => setText(revealed[0]?.text ?? "")}
      />
    );
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<IconLock size={18} aria-hidden />}
        aria-label={`${open}: ${of}`}
        onClick={() => setAsked(true)}
      >
        {open}
      </Button>
    </Group>
  );
};
