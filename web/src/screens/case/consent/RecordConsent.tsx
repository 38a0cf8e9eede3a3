import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { CaseOut, ConsentOut } from "@/api/gen";
import { consentsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { ButtonLink, Button, Group, Select, Stack, Text, useSend } from "@/ui";
import { ActForm, type ActProps } from "../acts/ActForm";
import { useKey } from "../use-key";
import { ConsentFields } from "./ConsentFields";
import { type ConsentForm, consentForm, EMPTY_CONSENT } from "./form";
import { useConsentBody } from "./use-body";

/** What the person agreed to, in words that the person understands; the receipt is offered right after. */
export const RecordConsent = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const key = useKey();
  const body = useConsentBody();
  const need = useLabel("needs");
  const [recorded, setRecorded] = useState<ConsentOut>();
  const form = useForm<ConsentForm>({ defaultValues: EMPTY_CONSENT, resolver: zodResolver(consentForm) });
  const send = useSend(consentsCreateMutation(), setRecorded);
  const submit = form.handleSubmit(async (values) =>
    send.mutate({ path: { case_id: one.id }, headers: { "Idempotency-Key": key }, body: await body(values) }),
  );
  if (recorded !== undefined) return <Recorded consent={recorded} onDone={onDone} />;
  return (
    <FormProvider {...form}>
      <ActForm
        problem={send.problem}
        names={{ "/recipients": t`Коме`, "/need": t`За коју потребу`, "/remark": t`Напомена` }}
        sending={send.isPending}
        label={t`Забележи пристанак`}
        onSubmit={() => void submit()}
      >
        <ConsentFields />
        <Select
          size="md"
          label={t`За коју потребу (није обавезно)`}
          clearable
          clearButtonProps={{ "aria-label": t`Обриши избор` }}
          value={form.watch("need")}
          onChange={(value) => form.setValue("need", value)}
          data={one.needs.map(({ id, code }) => ({ value: id, label: need(code) }))}
        />
      </ActForm>
    </FormProvider>
  );
};

const Recorded = ({ consent, onDone }: { consent: ConsentOut; onDone: () => void }) => (
  <Stack role="status">
    <Text>
      <Trans>Пристанак је забележен. Дајте особи потврду: на њој пише шта је договорено и како се опозива.</Trans>
    </Text>
    <Group justify="flex-end">
      <Button variant="default" size="md" onClick={onDone}>
        <Trans>Готово</Trans>
      </Button>
      <ButtonLink
        size="md"
        to="/print/receipt/$id"
        params={{ id: consent.id }}
        preload={false}
        leftSection={<IconPrinter size={20} aria-hidden />}
      >
        <Trans>Одштампај потврду</Trans>
      </ButtonLink>
    </Group>
  </Stack>
);
