import { Trans, useLingui } from "@lingui/react/macro";
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
  onRevealed: (revealed: readonly RevealedOut[]) => void;
}

/** What for the notes are opened: it is written into the audit beside the name. */
export const RevealForm = ({ one, fields, onRevealed }: Props) => {
  const { t } = useLingui();
  const label = useId();
  const [purpose, setPurpose] = useState<RevealPurposesCode>();
  const asPurpose = useCodeOf<RevealPurposesCode>("reveal_purposes");
  const purposes = useOptions(
    "reveal_purposes",
    ({ code, attributes }) => attributes["taken_from"] === "asked" && code !== "break_glass",
  );
  const reveal = useMutation({ ...casesRevealMutation(), onSuccess: ({ revealed }) => onRevealed(revealed) });
  const count = fields.length;
  return (
    <Stack gap="sm" role="group" aria-labelledby={label}>
      <Text id={label} fw={500}>
        <Trans>Зашто Вам требају белешке? То остаје записано.</Trans>
      </Text>
      <Chip.Group multiple={false} value={purpose ?? null} onChange={(code) => setPurpose(asPurpose(code))}>
        <Group gap="xs">
          {purposes.map(({ value, label: name }) => (
            <Chip key={value} value={value} size="md" className="purpose">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {reveal.isError && <ProblemNotice error={reveal.error} />}
      <Group>
        <Button
          size="md"
          leftSection={<IconLockOpen size={20} aria-hidden />}
          disabled={purpose === undefined || count === 0}
          loading={reveal.isPending}
          onClick={() => purpose !== undefined && reveal.mutate({ path: { id: one.id }, body: { fields, purpose } })}
        >
          {t`Отвори белешке (${count})`}
        </Button>
      </Group>
    </Stack>
  );
};
