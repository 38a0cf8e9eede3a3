import { useLingui } from "@lingui/react/macro";
import type { EntryOut } from "@/api/gen";
import { Radio, Stack } from "@/ui";

interface Props {
  label: string;
  entries: readonly EntryOut[];
  value: string | undefined;
  onChange: (code: string) => void;
}

/** One out of a list of the service, which an act cannot do without. */
export const OneOf = ({ label, entries, value, onChange }: Props) => {
  const { i18n } = useLingui();
  return (
    <Radio.Group label={label} value={value ?? ""} onChange={onChange} required>
      <Stack gap="sm" mt="xs">
        {entries.map(({ code, labels }) => (
          <Radio key={code} size="md" value={code} label={labels[i18n.locale] ?? code} />
        ))}
      </Stack>
    </Radio.Group>
  );
};
