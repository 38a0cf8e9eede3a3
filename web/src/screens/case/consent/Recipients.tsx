import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useOrganisationName, useOrganisations } from "@/reference";
import { Button, Group, Select, Stack, Text } from "@/ui";

interface Props {
  value: string[];
  /** It stays named. */
  own: string | undefined;
  onChange: (value: string[]) => void;
  error: string | undefined;
}

const MOST = 3;

/** Named organisations in the order which the person wants: the first is asked first. */
export const Recipients = ({ value, own, onChange, error }: Props) => {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const organisations = useOrganisations().filter(({ id, is_active }) => is_active && !value.includes(id));
  const up = (place: number) => onChange(value.toSpliced(place, 1).toSpliced(place - 1, 0, value[place] ?? ""));
  return (
    <Stack gap="xs">
      <Select
        size="md"
        label={t`Коме, редом како особа жели`}
        description={t`Највише три. Прва се пита прва.`}
        placeholder={t`Додај организацију`}
        searchable
        required
        disabled={value.length >= MOST}
        nothingFoundMessage={t`Нема такве организације`}
        error={error}
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(id) => {
          if (id !== null) onChange([...value, id]);
          setTyped("");
        }}
        data={organisations.map((one) => ({ value: one.id, label: one.name }))}
      />
      <ol className="plain-list">
        {value.map((id, place) => (
          <Line
            key={id}
            id={id}
            place={place}
            onUp={place > 0 ? () => up(place) : undefined}
            onRemove={id === own ? undefined : () => onChange(value.toSpliced(place, 1))}
          />
        ))}
      </ol>
    </Stack>
  );
};

interface LineProps {
  id: string;
  place: number;
  onUp: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

const Line = ({ id, place, onUp, onRemove }: LineProps) => {
  const { t } = useLingui();
  const name = useOrganisationName();
  return (
    <Group component="li" className="line" justify="space-between" gap="xs">
      <Text flex="1 1 10rem">
        {place + 1}. {name(id)}
      </Text>
      <Group gap="xs">
        {onUp !== undefined && (
          <Button
            variant="default"
            leftSection={<IconArrowUp size={18} aria-hidden />}
            aria-label={t`Помери навише: ${name(id)}`}
            onClick={onUp}
          >
            <Trans>Навише</Trans>
          </Button>
        )}
        {onRemove !== undefined && (
          <Button
            variant="default"
            leftSection={<IconX size={18} aria-hidden />}
            aria-label={t`Уклони: ${name(id)}`}
            onClick={onRemove}
          >
            <Trans>Уклони</Trans>
          </Button>
        )}
      </Group>
    </Group>
  );
};
