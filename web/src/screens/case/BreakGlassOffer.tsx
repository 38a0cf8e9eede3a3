import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BreakglassReasonsCode } from "@/api/gen";
import { breakGlassCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { GuardedText, NOTHING_WRITTEN } from "@/guard";
import { useOptions } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, Radio, Sheet, Stack, tell, Text, useDisclosure, useSend } from "@/ui";
import { ActForm } from "./acts/ActForm";
import { useCodeOf } from "./codes";
import { useKey } from "./use-key";

/** Somebody is in danger and nobody who sees the case can be reached: one person looks for an hour, and answers for it. */
export const BreakGlassOffer = ({ id }: { id: string }) => {
  const { t } = useLingui();
  const me = useMe();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may(me, "breakglass.request")) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Text>
        <Trans>Ако је неко у опасности, а нико ко води случај није доступан, можете да тражите ванредни увид.</Trans>
      </Text>
      <Button size="md" variant="default" onClick={open}>
        <Trans>Ванредни увид</Trans>
      </Button>
      <Sheet title={t`Ванредни увид`} opened={opened} onClose={close}>
        <BreakGlass id={id} onDone={close} />
      </Sheet>
    </Stack>
  );
};

const BreakGlass = ({ id, onDone }: { id: string; onDone: () => void }) => {
  const { t } = useLingui();
  const [reason, setReason] = useState<BreakglassReasonsCode>();
  const [text, setText] = useState(NOTHING_WRITTEN);
  const key = useKey();
  const asReason = useCodeOf<BreakglassReasonsCode>("breakglass_reasons");
  const reasons = useOptions("breakglass_reasons");
  const send = useSend(breakGlassCreateMutation(), (look) => {
    onDone();
    tell(look.state === "waiting" ? t`Чека се да друга особа потврди увид.` : t`Случај је отворен на један сат.`);
  });
  const submit = () => {
    if (reason === undefined) return;
    const body = { reason, text: text.text, names_checked: text.namesChecked };
    send.mutate({ path: { id }, headers: { "Idempotency-Key": key }, body });
  };
  return (
    <ActForm
      problem={send.problem}
      names={{ "/reason": t`Разлог`, "/text": t`Шта се дешава` }}
      sending={send.isPending}
      label={t`Отвори на један сат`}
      onSubmit={submit}
      danger
    >
      <Told />
      <Radio.Group label={t`Разлог`} value={reason ?? ""} onChange={(value) => setReason(asReason(value))} required>
        <Stack gap="sm" mt="xs">
          {reasons.map(({ value, label }) => (
            <Radio key={value} size="md" value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <GuardedText size="md" label={t`Шта се дешава`} value={text} onChange={setText} required />
    </ActForm>
  );
};

const Told = () => (
  <>
    <Text fw={600}>
      <Trans>Ако је живот у опасности, прво позовите 194 или 192.</Trans>
    </Text>
    <Text>
      <Trans>
        Случај се отвара само за читање, на 60 минута. Координатор, надлежно лице и лице за заштиту података сазнају
        одмах, а увид се накнадно прегледа.
      </Trans>
    </Text>
  </>
);
