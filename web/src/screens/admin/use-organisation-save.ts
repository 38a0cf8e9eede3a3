import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import { type OrganisationOut, organisationsRetrieve } from "@/api/gen";
import { organisationsCreateMutation, organisationsUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, useOnce, useSend, useTheirs } from "@/ui";
import { type OrganisationForm, organisationBody } from "./organisation-form";

const read = (id: string) => organisationsRetrieve({ path: { id }, throwOnError: true });

/** Enter a new one, or change the one that is there; `theirs` is what somebody else has made of it meanwhile. */
export const useOrganisationSave = (one: OrganisationOut | undefined, onDone: () => void) => {
  const { t } = useLingui();
  const once = useOnce();
  const { theirs, readOn, leave } = useTheirs(read);
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const create = useSend(organisationsCreateMutation(), done(t`Организација је уписана.`));
  const update = useSend(organisationsUpdateMutation(), done(t`Измена је сачувана.`));
  const save = (form: OrganisationForm, seen = one) => {
    const body = organisationBody(form);
    if (body === undefined) return;
    if (seen === undefined) return create.mutate({ body, headers: once(body) });
    update.mutate(
      { path: { id: seen.id }, headers: ifMatch(seen), body: { ...body, is_active: form.is_active } },
      readOn(seen.id),
    );
  };
  const problem = create.problem ?? update.problem;
  return { save, theirs, leave, problem, isSending: create.isPending || update.isPending };
};
