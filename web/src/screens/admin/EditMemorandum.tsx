import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { MemorandumOut } from "@/api/gen";
import { Button, Form } from "@/ui";
import { TextField } from "./fields";
import { type MemorandumForm, memorandumForm, memorandumSchema, NO_MEMORANDUM } from "./memorandum-form";
import { IntervalFields } from "./IntervalFields";
import { OrganisationField } from "./OrganisationField";
import { Refusal } from "./Refusal";
import { pointersOf, Settle } from "./Settle";
import { useDayShown } from "./use-day-shown";
import { useMemorandumSave } from "./use-memorandum-save";

interface Props {
  /** Nothing for a new one. */
  memorandum?: MemorandumOut;
  onDone: () => void;
}

export const EditMemorandum = ({ memorandum, onDone }: Props) => {
  const { t } = useLingui();
  const show = useDayShown();
  const begin = memorandum === undefined ? NO_MEMORANDUM : memorandumForm(memorandum);
  const form = useForm<MemorandumForm>({ resolver: zodResolver(memorandumSchema), defaultValues: begin });
  const { save, theirs, leave, problem, isSending } = useMemorandumSave(memorandum, onDone);
  const names = { number: t`Број меморандума`, valid_from: t`Важи од`, valid_until: t`Важи до` };
  const common = { control: form.control, problem };
  const isNew = memorandum === undefined;
  const settle = (settled: Partial<MemorandumForm>) => {
    const next = { ...form.getValues(), ...settled };
    form.reset(next);
    save(next, theirs);
  };
  return (
    <Form onSubmit={() => void form.handleSubmit((given) => save(given, theirs))()}>
      <Refusal problem={problem} names={{ ...pointersOf(names), "/organisation": t`Организација` }} />
      {isNew && <OrganisationField {...common} name="organisation" label={t`Организација`} required />}
      <TextField {...common} name="number" label={names.number} maxLength={40} required />
      <IntervalFields {...common} from="valid_from" until="valid_until" isNew={isNew} />
      <Button type="submit" size="md" loading={isSending}>
        {isNew ? <Trans>Упиши меморандум</Trans> : <Trans>Сачувај измену</Trans>}
      </Button>

      <Settle
        mine={form.getValues()}
        theirs={theirs && memorandumForm(theirs)}
        {...{ names, show, problem }}
        sending={isSending}
        onSettle={settle}
        onClose={leave}
      />
    </Form>
  );
};
