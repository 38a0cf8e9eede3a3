import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { IconLockOpen } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { CaseOut, RevealedOut, RevealPurposesCode } from "@/api/gen";
import { casesRevealMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useOptions } from "@/reference";
import { Button, Chip, Group, ProblemNotice, Stack, Text } from "@/ui";
import { useCodeOf } from "../codes";

interface Props {
  one: CaseOut;
  fields: string[];
  /** Why it is opened, asked of the reader; and what the button says. */
  question: string;
  label: string;
  onRevealed: (revealed: readonly RevealedOut[]) => void;
}

const BREAK_GLASS = "break_glass";

/** What for something sealed is opened: it is written into the audit beside the name. */
export const RevealForm = ({ one, fields, question, label, onRevealed }: Props) => {
  const id = useId();
  // Who looks by break-glass has said why already; the service takes no other purpose meanwhile.
  const looks = one.purpose === BREAK_GLASS;
  const [purpose, setPurpose] = useState<RevealPurposesCode | undefined>(looks ? BREAK_GLASS : undefined);
  const reveal = useMutation({ ...casesRevealMutation(), onSuccess: ({ revealed }) => onRevealed(revealed) });
  return (
    <Stack gap="sm" role="group" aria-labelledby={id}>
      <Text id={id} fw={500}>
        {looks ? <Trans>Отвара се у оквиру ванредног увида, и то остаје записано.</Trans> : question}
      </Text>
      {!looks && <Purposes value={purpose} onChange={setPurpose} />}
      {reveal.isError && <ProblemNotice error={reveal.error} />}
      <Group>
        <Button
          size="md"
          leftSection={<IconLockOpen size={20} aria-hidden />}
          disabled={purpose === undefined || fields.length === 0}
          loading={reveal.isPending}
          onClick={() => purpose !== undefined && reveal.mutate({ path: { id: one.id }, body: { fields, purpose } })}
        >
          {label}
        </Button>
      </Group>
    </Stack>
  );
};

interface PurposesProps {
  value: RevealPurposesCode | undefined;
  onChange: (purpose: RevealPurposesCode | undefined) => void;
}

const Purposes = ({ value, onChange }: PurposesProps) => {
  const asPurpose = useCodeOf<RevealPurposesCode>("reveal_purposes");
  const purposes = useOptions(
    "reveal_purposes",
    ({ code, attributes }) => attributes["taken_from"] === "asked" && code !== BREAK_GLASS,
  );
  return (
    <Chip.Group multiple={false} value={value ?? null} onChange={(code) => onChange(asPurpose(code))}>
      <Group gap="xs">
        {purposes.map(({ value: code, label: name }) => (
          <Chip key={code} value={code} size="md" className="purpose">
            {name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
};
