import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { PatchedMeChangeRequest } from "@/api/gen";
import { meUpdateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Button, FaultSummary, ProblemNotice, Stack, tell, TextInput, useSend } from "@/ui";

/** Name and address. A new address asks for the second factor first: letters for a new password go there. */
export const AboutMeForm = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const me = useMe();
  const [name, setName] = useState(me.display_name);
  const [email, setEmail] = useState(me.email);
  const send = useSend(meUpdateMutation(), () => {
    tell(t`Сачувано је.`);
    onDone();
  });
  const body: PatchedMeChangeRequest = {
    ...(name.trim() === me.display_name ? {} : { display_name: name.trim() }),
    ...(email.trim() === me.email ? {} : { email: email.trim() }),
  };
  const faults = send.problem?.faults ?? [];
  const at = (pointer: string) => faults.find((one) => one.pointer === pointer)?.detail;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(body).length === 0) onDone();
        else send.mutate({ headers: ifMatch(me), body });
      }}
    >
      <Stack gap="md">
        {send.problem !== undefined &&
          (faults.length > 0 ? (
            <FaultSummary problem={send.problem} names={{ "/display_name": t`Име`, "/email": t`Имејл` }} />
          ) : (
            <ProblemNotice error={send.problem} />
          ))}
        <TextInput
          label={t`Како Вас колеге виде`}
          size="md"
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          autoComplete="name"
          value={name}
          error={at("/display_name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="email"
          label={t`Имејл`}
          description={t`За заборављену лозинку и поруке о налогу. О случајевима се имејлом не пише ништа.`}
          size="md"
          autoComplete="email"
          value={email}
          error={at("/email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Сачувај</Trans>
        </Button>
      </Stack>
    </form>
  );
};
