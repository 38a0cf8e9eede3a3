import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { membersCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, DateField, fromField, Stack, tell, TextInput, useOnce, useSend } from "@/ui";
import { placeBody } from "./place-form";
import { PlaceFields } from "./PlaceFields";
import { Refusal } from "./Refusal";
import { useFault } from "./use-fault";
import { usePlaceForm } from "./use-place-form";

/** One more role for somebody who has an account already. */
export const AddRole = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const form = usePlaceForm();
  const [username, setUsername] = useState("");
  const [until, setUntil] = useState("");
  const [tried, setTried] = useState(false);
  const send = useSend(membersCreateMutation(), ({ waits_until }) => {
    tell(waits_until === null ? t`Улога важи од сада.` : t`Улога важи кад је потврди друга особа.`);
    onDone();
  });
  const name = useFault("username", send.problem, tried && username.trim() === "");
  const end = useFault("valid_until", send.problem, false);
  const submit = form.handleSubmit((given) => {
    const place = placeBody(given);
    if (place === undefined || username.trim() === "") return;
    const valid = until === "" ? {} : { valid_until: fromField(`${until}T23:59`) };
    const body = { ...place, ...valid, username: username.trim() };
    send.mutate({ body, headers: once(body) });
  });
  const names = {
    "/username": t`Корисничко име`,
    "/role": t`Улога`,
    "/team": t`Тим`,
    "/organisation": t`Организација`,
    "/valid_until": t`До дана`,
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        setTried(true);
        void submit(event);
      }}
    >
      <Stack gap="md">
        <Refusal problem={send.problem} names={names} />
        <TextInput
          size="md"
          label={t`Корисничко име`}
          description={t`Име којим се особа пријављује у Спону.`}
          autoComplete="off"
          autoCapitalize="none"
          data-autofocus
          error={name}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
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
      </Stack>
    </form>
  );
};
