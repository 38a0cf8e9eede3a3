import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { OrganisationOut } from "@/api/gen";
import { useLabel, useOptions } from "@/reference";
import { Button, ConflictSheet, Stack } from "@/ui";
import { differing, type Flat } from "./conflict";
import { ChoiceField, TextField, YesField } from "./fields";
import {
  NO_ORGANISATION,
  type OrganisationForm,
  organisationFlat,
  organisationForm,
  organisationSchema,
  organisationSettled,
} from "./organisation-form";
import { Refusal } from "./Refusal";
import { useOrganisationSave } from "./use-organisation-save";

interface Props {
  /** Nothing for a new one. */
  organisation?: OrganisationOut;
  onDone: () => void;
}

export const EditOrganisation = ({ organisation, onDone }: Props) => {
  const { t } = useLingui();
  const sectors = useOptions("sectors");
  const towns = useOptions("municipalities");
  const show = useShown();
  const begin = organisation === undefined ? NO_ORGANISATION : organisationForm(organisation);
  const form = useForm<OrganisationForm>({ resolver: zodResolver(organisationSchema), defaultValues: begin });
  const { save, theirs, leave, problem, isSending } = useOrganisationSave(organisation, onDone);
  const none = t`Нема тога у списку`;
  const common = { control: form.control, problem };
  const names = {
    name: t`Назив`,
    sector: t`Област`,
    municipality: t`Општина`,
    phone: t`Телефон`,
    has_accounts: t`Запослени имају налоге у Спони`,
    is_active: t`Организација ради`,
  };
  const pointers = Object.fromEntries(Object.entries(names).map(([key, name]) => [`/${key}`, name]));
  const mine = form.getValues();
  const fields =
    theirs === undefined
      ? []
      : differing(organisationFlat(mine), organisationFlat(organisationForm(theirs)), { names, show });
  const settle = (settled: Flat) => {
    const next = organisationSettled(mine, settled);
    form.reset(next);
    save(next, theirs);
  };
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((given) => save(given, theirs))(event)}>
      <Stack gap="md">
        <Refusal problem={problem} names={pointers} />
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
        {organisation !== undefined && (
          <YesField
            {...common}
            name="is_active"
            label={names.is_active}
            description={t`Кад не ради, нико је више не може изабрати.`}
          />
        )}
        <Button type="submit" size="md" loading={isSending}>
          {organisation === undefined ? <Trans>Упиши организацију</Trans> : <Trans>Сачувај измену</Trans>}
        </Button>
      </Stack>
      <ConflictSheet opened={fields.length > 0} fields={fields} sending={isSending} onSettle={settle} onClose={leave}>
        <Refusal problem={problem?.status === 412 ? undefined : problem} names={pointers} />
      </ConflictSheet>
    </form>
  );
};

/** The values of these fields in words. */
const useShown = () => {
  const { t } = useLingui();
  const sector = useLabel("sectors");
  const town = useLabel("municipalities");
  return (key: string, value: string): string => {
    if (value === "") return t`није уписано`;
    if (key === "sector") return sector(value);
    if (key === "municipality") return town(value);
    return { true: t`да`, false: t`не` }[value] ?? value;
  };
};
