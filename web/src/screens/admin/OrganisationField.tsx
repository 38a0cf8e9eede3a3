import { useLingui } from "@lingui/react/macro";
import type { FieldValues } from "react-hook-form";
import { useOrganisations } from "@/reference";
import { ChoiceField, type FieldProps } from "./fields";

/** One of the organisations that work. */
export const OrganisationField = <Form extends FieldValues>(props: FieldProps<Form>) => {
  const { t } = useLingui();
  const data = useOrganisations()
    .filter((one) => one.is_active)
    .map((one) => ({ value: one.id, label: one.name }));
  return <ChoiceField {...props} data={data} none={t`Нема тога у списку`} />;
};
