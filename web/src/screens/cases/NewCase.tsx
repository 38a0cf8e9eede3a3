import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { FormProvider, useForm } from "react-hook-form";
import { casesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Page, Section, Stack, tell, Text, useSend } from "@/ui";
import { ActForm } from "../case/acts/ActForm";
import { ConsentFields } from "../case/consent/ConsentFields";
import { EMPTY_CONSENT } from "../case/consent/form";
import { useConsentBody } from "../case/consent/use-body";
import { useKey } from "../case/use-key";
import { useNeedsFault } from "./needs-fault";
import { NewCaseFields } from "./NewCaseFields";
import { type NewCaseForm, newCaseForm, useCaseBody } from "./new-case";

const emptyCase = (organisation: string | undefined): NewCaseForm => ({
  ...EMPTY_CONSENT,
  bundle: "practical_help",
  recipients: organisation === undefined ? [] : [organisation],
  needs: [],
  urgency: "routine",
  items: {},
  eligible: false,
});

/** A case by itself, without a referral: what the person agreed to, what is needed, and three facts of free choice. */
export const NewCase = () => {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const key = useKey();
  const consentBody = useConsentBody();
  const caseBody = useCaseBody();
  const seat = me.seats.find(({ team, organisation }) => team !== null && organisation !== null);
  const organisation = seat?.organisation ?? me.organisations[0]?.id;
  const form = useForm<NewCaseForm>({ resolver: zodResolver(newCaseForm), defaultValues: emptyCase(organisation) });
  const opens = me.may.includes("case.open");
  const send = useSend(casesCreateMutation(), (opened) => {
    tell(opens ? t`Случај је отворен.` : t`Предлог је послат координатору.`);
    void navigate({ to: "/cases/$id", params: { id: opened.id } });
  });
  const refused = useNeedsFault(form.control) !== undefined;
  const names = useNames(send.variables?.body?.needs ?? []);
  const submit = form.handleSubmit(async (values) => {
    if (refused) return form.setFocus("needs");
    const body = { ...caseBody(values, opens, seat?.team ?? null, organisation), consent: await consentBody(values) };
    send.mutate({ headers: { "Idempotency-Key": key }, body });
  });
  return (
    <Page title={opens ? t`Нов случај` : t`Предложи случај`}>
      <FormProvider {...form}>
        <ActForm
          problem={send.problem}
          names={names}
          sending={send.isPending}
          label={opens ? t`Отвори случај` : t`Предложи случај`}
          onSubmit={() => void submit()}
        >
          <Parts opens={opens} organisation={organisation} />
        </ActForm>
      </FormProvider>
    </Page>
  );
};

/** What the service may find fault with, by what it is called on the page. */
const useNames = (needs: readonly string[]): Record<string, string> => {
  const { t } = useLingui();
  const need = useLabel("needs");
  return {
    "/needs": t`Потребе`,
    "/consent/recipients": t`Коме`,
    "/consent/remark": t`Напомена`,
    "/eligibility": t`Провера`,
    ...Object.fromEntries(needs.map((code, place) => [`/needs/${place}`, need(code)])),
  };
};

const Parts = ({ opens, organisation }: { opens: boolean; organisation: string | undefined }) => {
  const { t } = useLingui();
  return (
    <>
      <Text>
        <Trans>Без имена, бројева и адреса: особа добија ознаку и две речи за телефон.</Trans>
      </Text>
      <Stack gap="xl" maw="44rem">
        <Section title={t`Шта треба`}>
          <NewCaseFields opens={opens} />
        </Section>
        <Section title={t`Пристанак`}>
          <ConsentFields own={organisation} />
        </Section>
      </Stack>
    </>
  );
};
