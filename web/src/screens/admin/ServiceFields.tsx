import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { Problem } from "@/api";
import type { ServiceOut } from "@/api/gen";
import { useOptions } from "@/reference";
import { ChoiceField, ChoicesField, TextField, YesField } from "./fields";
import { HoursFields } from "./HoursFields";
import type { ServiceForm } from "./service-form";
import { useServiceNames } from "./use-service-names";

interface Props {
  control: Control<ServiceForm>;
  problem: Problem | undefined;
  /** Nothing for a new one: then its kind is chosen, once. */
  service: ServiceOut | undefined;
}

export const ServiceFields = ({ control, problem, service }: Props) => {
  const { t } = useLingui();
  const codes = useOptions("services");
  const towns = useOptions("municipalities");
  const names = useServiceNames();
  const none = t`Нема тога у списку`;
  const common = { control, problem };
  return (
    <>
      {service === undefined && (
        <ChoiceField {...common} name="code" label={t`Врста услуге`} data={codes} none={none} required />
      )}
      <TextField {...common} name="name" label={names.name} maxLength={160} />
      <TextField {...common} name="phone" label={names.phone} maxLength={32} />
      {service?.confidential !== true && <TextField {...common} name="address" label={names.address} maxLength={160} />}
      <TextField {...common} name="eligibility" label={names.eligibility} maxLength={280} />
      <ChoicesField
        {...common}
        name="area_served"
        label={names.area_served}
        description={t`Без избора: цела Србија.`}
        data={towns}
        none={none}
      />
      <HoursFields control={control} />
      <YesField {...common} name="is_active" label={names.is_active} />
    </>
  );
};
