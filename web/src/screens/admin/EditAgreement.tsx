import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { AgreementOut } from "@/api/gen";
import { Button, Form } from "@/ui";
import { type AgreementForm, agreementForm, agreementSchema, NO_AGREEMENT } from "./agreement-form";
import { ChoiceField, type FieldProps } from "./fields";
import { IntervalFields } from "./IntervalFields";
import { OrganisationField } from "./OrganisationField";
import { useTeamChoices } from "./PlaceFields";
import { Refusal } from "./Refusal";
import { pointersOf, Settle } from "./Settle";
import { useAgreementSave } from "./use-agreement-save";
import { useDayShown } from "./use-day-shown";

interface Props {
  /** Nothing for a new one. */
  agreement?: AgreementOut;
  onDone: () => void;
}

export const EditAgreement = ({ agreement, onDone }: Props) => {
  const { t } = useLingui();
  const show = useDayShown();
  const begin = agreement === undefined ? NO_AGREEMENT : agreementForm(agreement);
  const form = useForm<AgreementForm>({ resolver: zodResolver(agreementSchema), defaultValues: begin });
  const { save, theirs, leave, problem, isSending } = useAgreementSave(agreement, onDone);
  const names = { valid_from: t`Важи од`, valid_until: t`Важи до` };
  const common = { control: form.control, problem };
  const isNew = agreement === undefined;
  const settle = (settled: Partial<AgreementForm>) => {
    const next = { ...form.getValues(), ...settled };
    form.reset(next);
    save(next, theirs);
  };
  return (
    <Form onSubmit={() => void form.handleSubmit((given) => save(given, theirs))()}>
      <Refusal problem={problem} names={{ ...pointersOf(names), "/team": t`Тим`, "/organisation": t`Организација` }} />
      {isNew && <Parties {...common} />}
      <IntervalFields {...common} from="valid_from" until="valid_until" isNew={isNew} />
      <Button type="submit" size="md" loading={isSending}>
        {isNew ? <Trans>Упиши споразум</Trans> : <Trans>Сачувај измену</Trans>}
      </Button>

      <Settle
        mine={form.getValues()}
        theirs={theirs && agreementForm(theirs)}
        {...{ names, show, problem }}
        sending={isSending}
        onSettle={settle}
        onClose={leave}
      />
    </Form>
  );
};

/** Who joins which team. */
const Parties = (common: Pick<FieldProps<AgreementForm>, "control" | "problem">) => {
  const { t } = useLingui();
  const teams = useTeamChoices();
  return (
    <>
      <ChoiceField {...common} name="team" label={t`Тим`} data={teams} none={t`Нема тога у списку`} required />
      <OrganisationField {...common} name="organisation" label={t`Организација`} required />
    </>
  );
};
