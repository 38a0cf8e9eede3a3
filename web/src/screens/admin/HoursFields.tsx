import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type Control, useController, useFieldArray } from "react-hook-form";
import { Button, Checkbox, Fieldset, Group, Stack, TextInput } from "@/ui";
import { dayName } from "../directory/hours";
import { DAYS, type ServiceForm, WORKDAYS } from "./service-form";

/** Opening hours: some days, from when until when; as many parts as there are. */
export const HoursFields = ({ control }: { control: Control<ServiceForm> }) => {
  const { t } = useLingui();
  const { fields, append, remove } = useFieldArray({ control, name: "schedule" });
  return (
    <Fieldset legend={t`Радно време`}>
      <Stack gap="md">
        {fields.map((field, index) => (
          <Part key={field.id} control={control} index={index} onRemove={() => remove(index)} />
        ))}
        <Group>
          <Button
            variant="default"
            size="md"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => append(WORKDAYS)}
          >
            <Trans>Додај дане и сате</Trans>
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
};

const Part = ({ control, index, onRemove }: { control: Control<ServiceForm>; index: number; onRemove: () => void }) => {
  const { t, i18n } = useLingui();
  const days = useController({ control, name: `schedule.${index}.days` });
  const opens = useController({ control, name: `schedule.${index}.opens_at` });
  const closes = useController({ control, name: `schedule.${index}.closes_at` });
  const missing = (invalid: boolean) => (invalid ? t`Упишите или изаберите.` : undefined);
  const number = index + 1;
  return (
    <Stack gap="sm" className="thing">
      <Checkbox.Group
        label={t`Дани`}
        value={days.field.value}
        onChange={days.field.onChange}
        error={missing(days.fieldState.invalid)}
      >
        <Group gap="md" mt="xs">
          {DAYS.map((day) => (
            <Checkbox key={day} value={day} label={dayName(day, i18n.locale)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group gap="md" align="end">
        <TextInput {...opens.field} type="time" size="md" label={t`Од`} error={missing(opens.fieldState.invalid)} />
        <TextInput {...closes.field} type="time" size="md" label={t`До`} error={missing(closes.fieldState.invalid)} />
        <Button
          variant="default"
          size="md"
          leftSection={<IconTrash size={18} aria-hidden />}
          aria-label={t`Уклони дане и сате: ${number}`}
          onClick={onRemove}
        >
          <Trans>Уклони</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
