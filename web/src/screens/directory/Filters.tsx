import { useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useOptions } from "@/reference";
import { NativeSelect, Stack, Switch, TextInput, useDebouncedValue } from "@/ui";
import { EVERYWHERE, type Search, useWanted } from "./wanted";

interface Props {
  search: Search;
  show: string;
  onChange: (part: Partial<Search>) => void;
}

const said = (value: string): string | undefined => (value === "" ? undefined : value);

export const Filters = ({ search, show, onChange }: Props) => {
  const { t } = useLingui();
  const wanted = useWanted(search);
  const towns = [{ value: EVERYWHERE, label: t`Све општине` }, ...useOptions("municipalities")];
  const needs = [{ value: "", label: t`Све потребе` }, ...useOptions("needs")];
  const groups = [{ value: "", label: t`Све врсте` }, ...useOptions("service_groups")];
  return (
    <Stack gap="sm" role="search" aria-label={t`Претрага именика`}>
      <Words value={wanted.text} onChange={(q) => onChange({ q: said(q) })} />
      <div className="directory-filters">
        {show === "services" && (
          <NativeSelect
            size="md"
            label={t`Потреба`}
            data={needs}
            value={wanted.need}
            onChange={(event) => onChange({ need: said(event.currentTarget.value) })}
          />
        )}
        <NativeSelect
          size="md"
          label={t`Општина`}
          data={towns}
          value={wanted.municipality === "" ? EVERYWHERE : wanted.municipality}
          onChange={(event) => onChange({ municipality: event.currentTarget.value })}
        />
        {show === "services" && (
          <NativeSelect
            size="md"
            label={t`Врста услуге`}
            data={groups}
            value={wanted.group}
            onChange={(event) => onChange({ group: said(event.currentTarget.value) })}
          />
        )}
      </div>
      {show === "services" && (
        <Switch
          size="md"
          label={t`Само где има места`}
          checked={wanted.free}
          onChange={(event) => onChange({ free: event.currentTarget.checked || undefined })}
        />
      )}
    </Stack>
  );
};

/** Typed at once, put into the address when one pauses. */
const Words = ({ value, onChange }: { value: string; onChange: (text: string) => void }) => {
  const { t } = useLingui();
  const [text, setText] = useState(value);
  const [settled] = useDebouncedValue(text, 250);
  useEffect(() => {
    if (settled !== value) onChange(settled);
  }, [settled]);
  return (
    <TextInput
      type="search"
      size="md"
      label={t`Назив услуге или организације`}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
};
