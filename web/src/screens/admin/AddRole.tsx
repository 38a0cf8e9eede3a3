import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { membersCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, DateField, Form, tell, TextInput, useOnce, useSend } from "@/ui";
import { endOf } from "./interval";
import { placeBody } from "./place-form";
import { PlaceFields } from "./PlaceFields";
import { Refusal } from "./Refusal";
import { useFault } from "./use-fault";
import { usePlaceForm } from "./use-place-form";

/** One more role for somebody who has an account already. */
export const AddRole = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const form = usePlaceForm();
  const { send, add } = useAdd(onDone);
  const [username, setUsername] = useState("");
  const [until, setUntil] = useState("");
  const [tried, setTried] = useState(false);
  const name = useFault("username", send.problem, tried && username.trim() === "");
  const end = useFault("valid_until", send.problem, false);
  const submit = form.handleSubmit((given) => add(placeBody(given), username.trim(), until));
  const names = {
    "/username": t`Корисничко име`,
    "/role": t`Улога`,
    "/team": t`Тим`,
    "/organisation": t`Организација`,
    "/valid_until": t`До дана`,
  };
  return (
    <Form
      onSubmit={() => {
        setTried(true);
        void submit();
      }}
    >
      <Refusal problem={send.problem} names={names} />
      <UsernameField value={username} onChange={setUsername} error={name} />
      <PlaceFields control={form.control} problem={send.problem} />
      <DateField
        size="md"
        label={t`До дана (није обавезно)`}
        error={end}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Додај улогу</Trans>
      </Button>
    </Form>
  );
};

const useAdd = (onDone: () => void) => {
  const { t } = useLingui();
  const once = useOnce();
  const send = useSend(membersCreateMutation(), ({ waits_until }) => {
    tell(waits_until === null ? t`Улога важи од сада.` : t`Улога важи кад је потврди друга особа.`);
    onDone();
  });
  const add = (place: ReturnType<typeof placeBody>, username: string, until: string) => {
    if (place === undefined || username === "") return;
    const body = { ...place, ...(until === "" ? {} : { valid_until: endOf(until) }), username };
    send.mutate({ body, headers: once(body) });
  };
  return { send, add };
};

interface UsernameProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

const UsernameField = ({ value, onChange, error }: UsernameProps) => {
  const { t } = useLingui();
  return (
    <TextInput
      size="md"
      label={t`Корисничко име`}
      description={t`Име којим се особа пријављује у Спону.`}
      autoComplete="off"
      autoCapitalize="none"
      data-autofocus
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
