import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { ServiceOut } from "@/api/gen";
import { useEntries, useLabel } from "@/reference";
import { Button, Empty, Radio, Section, Stack, TextInput } from "@/ui";
import { choices } from "./choices";
import { ServiceLine } from "./ServiceLine";

interface Props {
  services: readonly ServiceOut[];
  need: string;
  chosen: ServiceOut | undefined;
  isMissing: boolean;
  onChange: (id: string) => void;
}

const FIRST = 4;

/** Who is asked. The few that are likeliest stand open; the others are found by name, in either script. */
export const ServicePicker = ({ services, need, chosen, isMissing, onChange }: Props) => {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [all, setAll] = useState(false);
  const found = choices(services, {
    need: useEntries("needs").find(({ code }) => code === need),
    text,
    entries: useEntries("services"),
    label: useLabel("services"),
  });
  const shown = all || text !== "" ? found : found.slice(0, FIRST);
  const kept = chosen !== undefined && !shown.some(({ id }) => id === chosen.id) ? [chosen, ...shown] : shown;
  return (
    <Section title={t`Услуга`}>
      <TextInput
        type="search"
        size="md"
        aria-label={t`Нађи услугу или организацију`}
        placeholder={t`Нађи услугу или организацију`}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <div data-part="service">
        <Radio.Group
          aria-label={t`Услуга`}
          value={chosen?.id ?? ""}
          onChange={onChange}
          error={isMissing ? t`Изаберите услугу.` : undefined}
        >
          <Stack gap="xs">
            {kept.map((one) => (
              <ServiceLine key={one.id} service={one} />
            ))}
          </Stack>
        </Radio.Group>
      </div>
      {found.length === 0 && (
        <Empty>
          <Trans>Нема такве услуге у именику овог града. Тражите другачије, или изаберите другу потребу.</Trans>
        </Empty>
      )}
      {shown.length < found.length && (
        <div>
          <Button variant="subtle" onClick={() => setAll(true)}>
            <Plural
              value={found.length - shown.length}
              one="Прикажи још # услугу"
              few="Прикажи још # услуге"
              other="Прикажи још # услуга"
            />
          </Button>
        </div>
      )}
    </Section>
  );
};
