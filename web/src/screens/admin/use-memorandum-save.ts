import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import { memorandaRetrieve, type MemorandumOut } from "@/api/gen";
import { memorandaCreateMutation, memorandaUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, useOnce, useSend, useTheirs } from "@/ui";
import { type MemorandumForm, memorandumBody, memorandumChange } from "./memorandum-form";

const read = (id: string) => memorandaRetrieve({ path: { id }, throwOnError: true });

/** Enter a memorandum, or change the one that is there. */
export const useMemorandumSave = (one: MemorandumOut | undefined, onDone: () => void) => {
  const { t } = useLingui();
  const once = useOnce();
  const { theirs, readOn, leave } = useTheirs(read);
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const create = useSend(memorandaCreateMutation(), done(t`Меморандум је уписан.`));
  const update = useSend(memorandaUpdateMutation(), done(t`Измена је сачувана.`));
  const save = (form: MemorandumForm, seen = one) => {
    if (seen === undefined) {
      const body = memorandumBody(form);
      return create.mutate({ body, headers: once(body) });
    }
    const body = memorandumChange(form, seen);
    update.mutate({ path: { id: seen.id }, headers: ifMatch(seen), body }, readOn(seen.id));
  };
  const problem = create.problem ?? update.problem;
  return { save, theirs, leave, problem, isSending: create.isPending || update.isPending };
};
