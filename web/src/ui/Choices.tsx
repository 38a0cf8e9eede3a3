import "./choices.css";
import { Chip, Fieldset, Group } from "@mantine/core";

interface Props<Code extends string> {
  label: string;
  options: readonly { value: Code; label: string }[];
  value: Code | "";
  onChange: (value: Code) => void;
  error?: string;
}

/** One of a few: all are seen at once, one tap chooses; arrow keys walk through them. */
export const Choices = <Code extends string>({ label, options, value, onChange, error }: Props<Code>) => (
  <Fieldset legend={label} variant="unstyled">
    <Chip.Group
      value={value.toString()}
      onChange={(code) => options.filter((one) => one.value === code).forEach((one) => onChange(one.value))}
    >
      <Group gap="xs" mt="xs">
        {options.map((one) => (
          <Chip key={one.value} value={one.value} size="md" variant="outline" className="choice">
            {one.label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
    {error !== undefined && <p className="choice-error">{error}</p>}
  </Fieldset>
);
