import { useLingui } from "@lingui/react/macro";
import type { Control } from "react-hook-form";
import type { Problem } from "@/api";
import { useOptions } from "@/reference";
import { ChoiceField, TextField, YesField } from "./fields";
import type { OrganisationForm } from "./organisation-form";
import { useOrganisationNames } from "./use-organisation-shown";

interface Props {
  control: Control<OrganisationForm>;
  problem: Problem | undefined;
  isNew: boolean;
}

export const OrganisationFields = ({ isNew, ...common }: Props) => {
  const { t } = useLingui();
  const sectors = useOptions("sectors");
  const towns = useOptions("municipalities");
  const names = useOrganisationNames();
  const none = t`Нема тога у списку`;
  return (
    <>
      <TextField {...common} name="name" label={names.name} maxLength={160} required />
      <ChoiceField {...common} name="sector" label={names.sector} data={sectors} none={none} required />
      <ChoiceField {...common} name="municipality" label={names.municipality} data={towns} none={none} />
      <TextField {...common} name="phone" label={names.phone} maxLength={32} />
      <YesField
        {...common}
        name="has_accounts"
        label={names.has_accounts}
        description={t`Без налога организација добија одштампана писма.`}
      />
      {!isNew && (
        <YesField
          {...common}
          name="is_active"
          label={names.is_active}
          description={t`Кад не ради, нико је више не може изабрати.`}
        />
      )}
    </>
  );
};
