import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { ServiceOut } from "@/api/gen";
import { useOptions } from "@/reference";
import { Button, Checkbox, ConflictSheet, Stack } from "@/ui";
import { differing, type Flat } from "./conflict";
import { ChoiceField, ChoicesField, TextField, YesField } from "./fields";
import { HoursFields } from "./HoursFields";
import { Refusal } from "./Refusal";
import { NO_SERVICE, type ServiceForm, serviceFlat, serviceForm, serviceSchema, serviceSettled } from "./service-form";
import { useServiceShown } from "./use-service-shown";
import { useServiceSave } from "./use-service-save";

interface Props {
  organisation: string;
  /** Nothing for a new one. */
  service?: ServiceOut;
  onDone: () => void;
}

export const EditService = ({ organisation, service, onDone }: Props) => {
  const { t } = useLingui();
  const codes = useOptions("services");
  const towns = useOptions("municipalities");
  const show = useServiceShown();
  const begin = service === undefined ? NO_SERVICE : serviceForm(service);
  const form = useForm<ServiceForm>({ resolver: zodResolver(serviceSchema), defaultValues: begin });
  const [looked, setLooked] = useState(false);
  const { save, theirs, leave, problem, isSending } = useServiceSave({ organisation, service, onDone });
  const none = t`Нема тога у списку`;
  const common = { control: form.control, problem };
  const names = {
    name: t`Назив`,
    phone: t`Телефон`,
    address: t`Адреса`,
    eligibility: t`За кога`,
    area_served: t`Подручје`,
    schedule: t`Радно време`,
    is_active: t`Услуга ради`,
  };
  const pointers = Object.fromEntries(Object.entries(names).map(([key, name]) => [`/${key}`, name]));
  const mayBeName = problem?.faults.some(({ code }) => code === "likely_name") === true || looked;
  const mine = form.getValues();
  const other = theirs === undefined ? undefined : serviceForm(theirs);
  const fields = other === undefined ? [] : differing(serviceFlat(mine), serviceFlat(other), { names, show });
  const settle = (settled: Flat) => {
    if (other === undefined) return;
    const next = serviceSettled(mine, other, settled);
    form.reset(next);
    save(next, looked, theirs);
  };
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((given) => save(given, looked, theirs))(event)}>
      <Stack gap="md">
        <Refusal problem={problem} names={{ ...pointers, "/code": t`Врста услуге` }} />
        {service === undefined && (
          <ChoiceField {...common} name="code" label={t`Врста услуге`} data={codes} none={none} required />
        )}
        <TextField {...common} name="name" label={names.name} maxLength={160} />
        <TextField {...common} name="phone" label={names.phone} maxLength={32} />
        {service?.confidential !== true && (
          <TextField {...common} name="address" label={names.address} maxLength={160} />
        )}
        <TextField {...common} name="eligibility" label={names.eligibility} maxLength={280} />
        <ChoicesField
          {...common}
          name="area_served"
          label={names.area_served}
          description={t`Без избора: цела Србија.`}
          data={towns}
          none={none}
        />
        <HoursFields control={form.control} />
        <YesField {...common} name="is_active" label={names.is_active} />
        {mayBeName && (
          <Checkbox
            size="md"
            label={t`Проверено је: у тексту нема имена особе`}
            checked={looked}
            onChange={(event) => setLooked(event.currentTarget.checked)}
          />
        )}
        <Button type="submit" size="md" loading={isSending}>
          {service === undefined ? <Trans>Упиши услугу</Trans> : <Trans>Сачувај измену</Trans>}
        </Button>
      </Stack>
      <ConflictSheet opened={fields.length > 0} fields={fields} sending={isSending} onSettle={settle} onClose={leave}>
        <Refusal problem={problem?.status === 412 ? undefined : problem} names={pointers} />
      </ConflictSheet>
    </form>
  );
};
