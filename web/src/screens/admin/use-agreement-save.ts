import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import { type AgreementOut, sharingAgreementsRetrieve } from "@/api/gen";
import { sharingAgreementsCreateMutation, sharingAgreementsUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, useOnce, useSend, useTheirs } from "@/ui";
import { type AgreementForm, agreementBody } from "./agreement-form";
import { intervalChange } from "./interval";

const read = (id: string) => sharingAgreementsRetrieve({ path: { id }, throwOnError: true });

/** Enter the agreement by which an organisation sits in a team, or change its interval. */
export const useAgreementSave = (one: AgreementOut | undefined, onDone: () => void) => {
  const { t } = useLingui();
  const once = useOnce();
  const { theirs, readOn, leave } = useTheirs(read);
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const create = useSend(sharingAgreementsCreateMutation(), done(t`Споразум је уписан.`));
  const update = useSend(sharingAgreementsUpdateMutation(), done(t`Измена је сачувана.`));
  const save = (form: AgreementForm, seen = one) => {
    if (seen === undefined) {
      const body = agreementBody(form);
      return create.mutate({ body, headers: once(body) });
    }
    const body = intervalChange(form, seen);
    update.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body }, readOn(seen.id));
  };
  const problem = create.problem ?? update.problem;
  return { save, theirs, leave, problem, isSending: create.isPending || update.isPending };
};
