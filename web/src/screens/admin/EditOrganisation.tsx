import { Trans } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { OrganisationOut } from "@/api/gen";
import { Button, Form } from "@/ui";
import type { Flat } from "./conflict";
import {
  NO_ORGANISATION,
  type OrganisationForm,
  organisationFlat,
  organisationForm,
  organisationSchema,
  organisationSettled,
} from "./organisation-form";
import { OrganisationFields } from "./OrganisationFields";
import { Refusal } from "./Refusal";
import { pointersOf, Settle } from "./Settle";
import { useOrganisationNames, useOrganisationShown } from "./use-organisation-shown";
import { useOrganisationSave } from "./use-organisation-save";

interface Props {
  /** Nothing for a new one. */
  organisation?: OrganisationOut;
  onDone: () => void;
}

export const EditOrganisation = ({ organisation, onDone }: Props) => {
  const show = useOrganisationShown();
  const names = useOrganisationNames();
  const begin = organisation === undefined ? NO_ORGANISATION : organisationForm(organisation);
  const form = useForm<OrganisationForm>({ resolver: zodResolver(organisationSchema), defaultValues: begin });
  const { save, theirs, leave, problem, isSending } = useOrganisationSave(organisation, onDone);
  const mine = form.getValues();
  const settle = (settled: Flat) => {
    const next = organisationSettled(mine, settled);
    form.reset(next);
    save(next, theirs);
  };
  return (
    <Form onSubmit={() => void form.handleSubmit((given) => save(given, theirs))()}>
      <Refusal problem={problem} names={pointersOf(names)} />
      <OrganisationFields control={form.control} problem={problem} isNew={organisation === undefined} />
      <Button type="submit" size="md" loading={isSending}>
        {organisation === undefined ? <Trans>Упиши организацију</Trans> : <Trans>Сачувај измену</Trans>}
      </Button>
      <Settle
        mine={organisationFlat(mine)}
        theirs={theirs && organisationFlat(organisationForm(theirs))}
        {...{ names, show, problem }}
        sending={isSending}
        onSettle={settle}
        onClose={leave}
      />
    </Form>
  );
};
