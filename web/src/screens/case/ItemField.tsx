import { useLingui } from "@lingui/react/macro";
import type { EntryOut } from "@/api/gen";
import { useOptions } from "@/reference";
import { MultiSelect, NumberInput, Select } from "@/ui";

interface Props {
  field: EntryOut;
  value: unknown;
  /** null clears it. */
  onChange: (value: unknown) => void;
}

const OLDEST = 1950;
const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** A field for one coded item, of the kind that its list asks for. */
export const ItemField = ({ field, value, onChange }: Props) => {
  const { t, i18n } = useLingui();
  const label = field.labels[i18n.locale] ?? field.code;
  const { kind, code_list = "", max_values = "1" } = field.attributes;
  const substances = useOptions("substances");
  const items = useOptions("tdi_items", (entry) => entry.item === field.code);
  const data = code_list === "substances" ? substances : items;
  const most = Number(max_values);
  const clear = { "aria-label": t`Обриши: ${label}` };
  if (kind === "year") return <Year label={label} value={value} onChange={onChange} />;
  if (most > 1)
    return (
      <MultiSelect
        size="md"
        label={label}
        data={data}
        maxValues={most}
        clearable
        clearButtonProps={clear}
        value={words(value)}
        onChange={(chosen) => onChange(chosen.length === 0 ? null : chosen)}
      />
    );
  return (
    <Select
      size="md"
      label={label}
      data={data}
      clearable
      clearButtonProps={clear}
      value={typeof value === "string" ? value : null}
      onChange={onChange}
    />
  );
};

const Year = ({ label, value, onChange }: Omit<Props, "field"> & { label: string }) => (
  <NumberInput
    size="md"
    label={label}
    min={OLDEST}
    max={new Date().getFullYear()}
    hideControls
    thousandSeparator=""
    value={typeof value === "number" ? value : ""}
    onChange={(year) => onChange(typeof year === "number" ? year : null)}
  />
);
