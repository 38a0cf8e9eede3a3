import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api";
import type { CaseOut, ServiceOut } from "@/api/gen";
import { servicesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useDraft } from "@/drafts";
import { useEntries } from "@/reference";
import { useMe } from "@/session/me";
import { useCheck } from "./check";
import { bodyOf, emptyForm, type Form, openNeeds, presetNeed, type Tried } from "./form";
import { hold } from "./outbox";
import { isUncertain, writeDraft } from "./write-draft";

export interface SentReferral {
  id: string;
  service: ServiceOut | undefined;
}

interface Given {
  found: CaseOut;
  services: readonly ServiceOut[];
  /** The service that the address names, and the code of the need. */
  service: string;
  sought: string;
}

/** The form of a referral: what was chosen, what follows from it, and giving it to the service. */
export const useRefer = ({ found, services, service, sought }: Given) => {
  const what = `refer ${found.id}`;
  const place = `${useMe().id} ${what}`;
  const draft = useDraft<Form>(what, emptyForm(service));
  const form = draft.value;
  const [sent, setSent] = useState<SentReferral | null>(null);
  const set = (change: Partial<Form>) => draft.set((old) => ({ ...old, ...change }));

  const chosen = useService(form.service, services);
  const needs = openNeeds(found);
  const entries = useEntries("needs");
  const need =
    needs.find(({ id }) => id === form.need) ?? presetNeed(needs, { service: chosen, need: sought }, entries);
  // The list of services does not move under the finger that has just chosen one.
  const [first] = useState(() => presetNeed(needs, { service: chosen, need: sought }, entries)?.code ?? "");
  const listed = form.need === "" ? first : (need?.code ?? "");
  const withNote = form.note.text.trim() !== "";
  const check = useCheck({ case: found.id, service: chosen?.id ?? "", need: need?.id ?? "", withNote });

  const write = useMutation({
    mutationFn: (given: Pick<Tried, "body"> & { tried: Tried | null }) =>
      writeDraft(given.body, draft.key, given.tried),
    onMutate: ({ body, tried }) => set({ tried: tried ?? { body, referral: "" } }),
    onSuccess: (referral, { body }) => {
      set({ tried: { body, referral: referral.id } });
      setSent({ id: referral.id, service: chosen });
      hold(referral, place);
    },
    onError: (error, { tried }) => {
      // A clear refusal left nothing behind; after a lost answer the same thing has to be asked again first.
      if (!isUncertain(error)) set({ tried });
    },
  });
  const submit = () => write.mutate({ body: bodyOf(form, { case: found, need: need?.id ?? "" }), tried: form.tried });
  const problem = write.error === null ? undefined : asProblem(write.error);
  const again = () => {
    setSent(null);
    write.reset();
  };
  return {
    withNote,
    draft,
    form,
    set,
    chosen,
    needs,
    need,
    listed,
    check,
    submit,
    isSending: write.isPending,
    problem,
    sent,
    again,
  };
};

/** The service that was chosen: one of the town, or one from elsewhere that the address or a draft names. */
const useService = (id: string, services: readonly ServiceOut[]): ServiceOut | undefined => {
  const near = services.find((one) => one.id === id);
  const far = useQuery({
    ...servicesRetrieveOptions({ path: { id } }),
    enabled: id !== "" && near === undefined,
  });
  return near ?? far.data;
};
