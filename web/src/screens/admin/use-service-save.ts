import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import { type ServiceOut, type ServicesCode, servicesRetrieve } from "@/api/gen";
import { servicesCreateMutation, servicesUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { tell, useOnce, useSend, useTheirs } from "@/ui";
import { type ServiceForm, serviceBody } from "./service-form";

const read = (id: string) => servicesRetrieve({ path: { id }, throwOnError: true });

interface Target {
  organisation: string;
  service: ServiceOut | undefined;
  onDone: () => void;
}

/** As with organisations; and where a text may hold a name, it goes through once somebody has looked at it. */
export const useServiceSave = ({ organisation, service, onDone }: Target) => {
  const { t } = useLingui();
  const once = useOnce();
  const { theirs, readOn, leave } = useTheirs(read);
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const create = useSend(servicesCreateMutation(), done(t`Услуга је уписана.`));
  const update = useSend(servicesUpdateMutation(), done(t`Измена је сачувана.`));
  const save = (form: ServiceForm, looked: boolean, seen = service) => {
    const { address, ...rest } = serviceBody(form);
    // A secret address is never shown, so it is never sent back as empty either.
    const place = service?.confidential === true ? {} : { address };
    const change = { ...rest, ...place, ...(looked ? { names_checked: true } : {}) };
    if (seen === undefined) {
      if (!isCode<ServicesCode>(form.code)) return;
      const body = { ...change, organisation, code: form.code };
      return create.mutate({ body, headers: once(body) });
    }
    update.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body: change }, readOn(seen.id));
  };
  const problem = create.problem ?? update.problem;
  return { save, theirs, leave, problem, isSending: create.isPending || update.isPending };
};
