import { Trans, useLingui, Plural } from "@lingui/react/macro";
import type { CaseOut, ServiceOut } from "@/api/gen";
import { useEntries, useOptions } from "@/reference";
import { CallButton } from "@/screens/directory/CallButton";
import { Chip, Group, NativeSelect, Section, Stack, Text } from "@/ui";
import { type Form, handoverOf } from "./form";

interface Props {
  form: Form;
  found: CaseOut;
  service: ServiceOut | undefined;
  onChange: (change: Partial<Form>) => void;
}

const AT_ONCE = ["asap", "stat"];

/** How soon, and how the person gets there. The case says how urgent it is unless somebody says otherwise. */
export const Terms = ({ form, found, service, onChange }: Props) => {
  const { t } = useLingui();
  const urgencies = useOptions("urgencies");
  const handovers = useOptions("handover_modes");
  const urgency = form.urgency || found.urgency;
  return (
    <Section title={t`Хитност и долазак`}>
      <Stack gap="sm">
        <Chip.Group value={urgency} onChange={(code) => onChange({ urgency: code })}>
          <Group gap="xs" className="chips" role="radiogroup" aria-label={t`Хитност`}>
            {urgencies.map(({ value, label }) => (
              <Chip key={value} value={value} size="md">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Soon urgency={urgency} />
        {AT_ONCE.includes(urgency) && <CallFirst service={service} />}
        <NativeSelect
          size="md"
          label={t`Како особа долази`}
          data={handovers}
          value={handoverOf(form)}
          onChange={(event) => onChange({ handover: event.currentTarget.value })}
        />
      </Stack>
    </Section>
  );
};

const Soon = ({ urgency }: { urgency: string }) => {
  const { hours_to_first_contact: hours = "0", clock } =
    useEntries("urgencies").find(({ code }) => code === urgency)?.attributes ?? {};
  const days = Number(hours) / 24;
  return (
    <Text size="sm" c="dimmed">
      {clock === "working_days" ? (
        <Plural
          value={days}
          one="Први контакт у року од # радног дана."
          few="Први контакт у року од # радна дана."
          other="Први контакт у року од # радних дана."
        />
      ) : (
        <Plural
          value={Number(hours)}
          one="Први контакт у року од # сата."
          few="Први контакт у року од # сата."
          other="Први контакт у року од # сати."
        />
      )}
    </Text>
  );
};

const CallFirst = ({ service }: { service: ServiceOut | undefined }) => (
  <Group gap="sm">
    <Text>
      <Trans>Прво позовите, па пошаљите упут. Ако је живот у опасности, зовите 194.</Trans>
    </Text>
    {service !== undefined && (
      <CallButton phone={service.phone || service.organisation_phone} name={service.organisation_name} />
    )}
  </Group>
);
