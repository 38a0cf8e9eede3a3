import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { ServiceOut } from "@/api/gen";
import { Button, Checkbox, Form } from "@/ui";
import type { Flat } from "./conflict";
import { Refusal } from "./Refusal";
import { NO_SERVICE, type ServiceForm, serviceFlat, serviceForm, serviceSchema, serviceSettled } from "./service-form";
import { ServiceFields } from "./ServiceFields";
import { pointersOf, Settle } from "./Settle";
import { useServiceNames } from "./use-service-names";
import { useServiceSave } from "./use-service-save";
import { useServiceShown } from "./use-service-shown";

interface Props {
  organisation: string;
  /** Nothing for a new one. */
  service?: ServiceOut;
  onDone: () => void;
}

export const EditService = ({ organisation, service, onDone }: Props) => {
  const { t } = useLingui();
  const show = useServiceShown();
  const names = useServiceNames();
  const begin = service === undefined ? NO_SERVICE : serviceForm(service);
  const form = useForm<ServiceForm>({ resolver: zodResolver(serviceSchema), defaultValues: begin });
  const [looked, setLooked] = useState(false);
  const { save, theirs, leave, problem, isSending } = useServiceSave({ organisation, service, onDone });
  const mayBeName = problem?.faults.some(({ code }) => code === "likely_name") === true || looked;
  const mine = form.getValues();
  const other = theirs && serviceForm(theirs);
  const settle = (settled: Flat) => {
    if (other === undefined) return;
    const next = serviceSettled(mine, other, settled);
    form.reset(next);
    save(next, looked, theirs);
  };
  return (
    <Form onSubmit={() => void form.handleSubmit((given) => save(given, looked, theirs))()}>
      <Refusal problem={problem} names={{ ...pointersOf(names), "/code": t`Врста услуге` }} />
      <ServiceFields control={form.control} problem={problem} service={service} />
      {mayBeName && <NamesChecked looked={looked} onLooked={setLooked} />}
      <Button type="submit" size="md" loading={isSending}>
        {service === undefined ? <Trans>Упиши услугу</Trans> : <Trans>Сачувај измену</Trans>}
      </Button>
      <Settle
        mine={serviceFlat(mine)}
        theirs={other && serviceFlat(other)}
        {...{ names, show, problem }}
        sending={isSending}
        onSettle={settle}
        onClose={leave}
      />
    </Form>
  );
};

/** Where a text may hold a name, somebody looks at it before it goes through. */
const NamesChecked = ({ looked, onLooked }: { looked: boolean; onLooked: (looked: boolean) => void }) => {
  const { t } = useLingui();
  return (
    <Checkbox
      size="md"
      label={t`Проверено је: у тексту нема имена особе`}
      checked={looked}
      onChange={(event) => onLooked(event.currentTarget.checked)}
    />
  );
};
