import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import type { RightsRequestChannelEnum, RightsRequestKindEnum } from "@/api/gen";
import { rightsRequestsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { Button, Stack, tell, toField, useOnce, useSend } from "@/ui";
import { ChoiceField, DayField, TextField } from "./fields";
import { Refusal } from "./Refusal";
import { useChannels, useRightsKinds } from "./words";

const given = () => z.string().check(z.minLength(1));
const schema = z.object({ case: given(), kind: given(), channel: given(), received_on: given() });
type Form = z.infer<typeof schema>;

/** Codes and days only: there is no field for prose. */
export const NewRightsRequest = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: { case: "", kind: "", channel: "", received_on: toField(new Date()).slice(0, 10) },
  });
  const send = useSend(rightsRequestsCreateMutation(), () => {
    tell(t`Захтев је уписан. Рок за одговор је 30 дана од пријема.`);
    onDone();
  });
  const submit = form.handleSubmit(({ kind, channel, ...rest }) => {
    if (!isCode<RightsRequestKindEnum>(kind) || !isCode<RightsRequestChannelEnum>(channel)) return;
    const body = { ...rest, case: rest.case.trim(), kind, channel };
    send.mutate({ body, headers: once(body) });
  });
  const none = t`Нема тога у списку`;
  const common = { control: form.control, problem: send.problem, required: true };
  const names = {
    "/case": t`Ознака случаја`,
    "/kind": t`Шта особа тражи`,
    "/channel": t`Како је захтев стигао`,
    "/received_on": t`Дан пријема`,
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Refusal problem={send.problem} names={names} />
        <TextField {...common} name="case" label={names["/case"]} maxLength={40} />
        <ChoiceField {...common} name="kind" label={names["/kind"]} data={useRightsKinds()} none={none} />
        <ChoiceField {...common} name="channel" label={names["/channel"]} data={useChannels()} none={none} />
        <DayField {...common} name="received_on" label={names["/received_on"]} />
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Упиши захтев</Trans>
        </Button>
      </Stack>
    </form>
  );
};
