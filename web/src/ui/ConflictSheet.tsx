import {
  Alert,
  Button,
  CopyButton,
  Group,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { Sheet } from "./Sheet";

export interface ConflictField {
  key: string;
  name: string;
  mine: string;
  theirs: string;
  /** How a value is shown, where it is a code or a date. */
  show?: (value: string) => string;
  /** Texts may be joined; `editor` is the field for that where a plain one will not do. */
  text?: boolean;
  editor?: (value: string, onChange: (value: string) => void) => ReactNode;
}

type Choice = "mine" | "theirs" | "join";

interface Props {
  opened: boolean;
  fields: readonly ConflictField[];
  onSettle: (values: Record<string, string>) => void;
  onClose: () => void;
  sending?: boolean;
  /** What went wrong with sending what was settled. */
  children?: ReactNode;
}

const both = (field: ConflictField): string => `${field.theirs}\n\n${field.mine}`;

/** Somebody has changed the same thing in the meantime: both are shown, both can be copied, nothing is lost. */
export const ConflictSheet = ({ opened, fields, onSettle, onClose, sending = false, children }: Props) => {
  const { t } = useLingui();
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [joined, setJoined] = useState<Record<string, string>>({});
  const valueOf = (field: ConflictField): string => {
    const choice = choices[field.key] ?? "mine";
    return choice === "join" ? (joined[field.key] ?? both(field)) : field[choice];
  };
  const settle = () => onSettle(Object.fromEntries(fields.map((field) => [field.key, valueOf(field)])));
  return (
    <Sheet title={t`Неко је ово изменио у међувремену`} opened={opened} onClose={onClose} size="xl">
      <Stack gap="lg">
        <Alert variant="outline" color="orange" role="alert">
          <Trans>Ваш текст није изгубљен. Погледајте оба и изаберите шта остаје.</Trans>
        </Alert>
        {fields.map((field) => (
          <Field
            key={field.key}
            field={field}
            choice={choices[field.key] ?? "mine"}
            onChoice={(choice) => setChoices((old) => ({ ...old, [field.key]: choice }))}
            joined={joined[field.key] ?? both(field)}
            onJoined={(value) => setJoined((old) => ({ ...old, [field.key]: value }))}
          />
        ))}
        {children}
        <Group justify="flex-end">
          <Button size="md" variant="default" onClick={onClose}>
            <Trans>Одлучићу касније</Trans>
          </Button>
          <Button size="md" onClick={settle} loading={sending}>
            <Trans>Сачувај изабрано</Trans>
          </Button>
        </Group>
      </Stack>
    </Sheet>
  );
};

interface FieldProps {
  field: ConflictField;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  joined: string;
  onJoined: (value: string) => void;
}

const Field = ({ field, choice, onChoice, joined, onJoined }: FieldProps) => {
  const { t } = useLingui();
  const name = field.name;
  const choose = (value: string) => onChoice(value === "theirs" || value === "join" ? value : "mine");
  return (
    <Stack gap="sm" component="section" aria-label={name}>
      {name !== "" && <Title order={3}>{name}</Title>}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Version title={t`Ваше`} value={field.mine} show={field.show} />
        <Version title={t`Сада уписано`} value={field.theirs} show={field.show} />
      </SimpleGrid>
      <Radio.Group label={t`Шта остаје`} value={choice} onChange={choose}>
        <Group gap="md" mt="xs">
          <Radio value="mine" label={t`Узми моје`} />
          <Radio value="theirs" label={t`Узми њихово`} />
          {field.text === true && <Radio value="join" label={t`Споји`} />}
        </Group>
      </Radio.Group>
      {choice === "join" &&
        (field.editor?.(joined, onJoined) ?? (
          <Textarea
            autosize
            minRows={4}
            label={t`Спојени текст`}
            value={joined}
            onChange={(event) => onJoined(event.currentTarget.value)}
          />
        ))}
    </Stack>
  );
};

const same = (value: string): string => value;

const Version = ({ title, value, show = same }: { title: string; value: string; show: ConflictField["show"] }) => {
  const { t } = useLingui();
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs" align="flex-start" h="100%">
        <Text fw={600}>{title}</Text>
        <Text className="quiet-text" flex={1}>
          {show(value)}
        </Text>
        <CopyButton value={show(value)}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={t`Копирај: ${title}`}>
              {copied ? t`Копирано` : t`Копирај`}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Paper>
  );
};
