import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { serviceTalliesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Button, Form, tell, useOnce, useSend } from "@/ui";
import { type TallyForm, monthsBack, tallyBody } from "./tallies";
import { TallyFields } from "./TallyFields";
import { Refused } from "./Refused";

/** One number: what, of which service, for which town, in which month. */
export const NewTally = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const me = useMe();
  const once = useOnce();
  const [form, setForm] = useState<TallyForm>(() => ({
    team: me.teams.length === 1 ? (me.teams[0]?.id ?? "") : "",
    service: "",
    item: "",
    month: monthsBack(new Date())[1] ?? "",
    amount: "",
  }));
  const [tried, setTried] = useState(false);
  const send = useSend(serviceTalliesCreateMutation(), () => {
    tell(t`Број је уписан.`);
    onDone();
  });
  const submit = () => {
    setTried(true);
    const body = tallyBody(form);
    if (body !== undefined) send.mutate({ body, headers: once(body) });
  };
  return (
    <Form onSubmit={submit}>
      <Refused problem={send.problem} />
      <TallyFields form={form} onForm={setForm} tried={tried} problem={send.problem} />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Упиши број</Trans>
      </Button>
    </Form>
  );
};
