import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { membersListOptions, recoveriesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Form, Select, tell, Text, useOnce, useSend } from "@/ui";
import { Refusal } from "./Refusal";
import { useFault } from "./use-fault";

export const StartRecovery = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const people = useOthers();
  const [membership, setMembership] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const send = useSend(recoveriesCreateMutation(), () => {
    tell(t`Започето је. Сада потврђује друга овлашћена особа.`);
    onDone();
  });
  const error = useFault("membership", send.problem, tried && membership === null);
  const submit = () => {
    setTried(true);
    if (membership !== null) send.mutate({ body: { membership }, headers: once({ membership }) });
  };
  return (
    <Form onSubmit={submit}>
      <Text>
        <Trans>Прво се уверите, лично или телефоном, да Вам се стварно јавља та особа.</Trans>
      </Text>
      <Refusal problem={send.problem} names={{ "/membership": t`Особа` }} />
      <Select
        size="md"
        label={t`Особа`}
        searchable
        nothingFoundMessage={t`Нема такве особе`}
        error={error}
        data={people}
        value={membership}
        onChange={setMembership}
      />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Започни враћање</Trans>
      </Button>
    </Form>
  );
};

/** Everybody but me, with their roles. */
const useOthers = () => {
  const me = useMe();
  const role = useLabel("roles");
  const members = useQuery(membersListOptions({ query: { live: true, page_size: 100 } }));
  return (members.data?.results ?? [])
    .filter((one) => one.user.id !== me.id)
    .map((one) => ({ value: one.id, label: `${one.user.display_name} (${role(one.role)})` }));
};
