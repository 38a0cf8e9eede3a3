import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import type { OperationsEnum, TokenOut } from "@/api/gen";
import { tokensCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { codesOf, useOptions, usePeople } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Form, fromField, useOnce, useSend } from "@/ui";
import { ChoiceField, ChoicesField, DayField, TextField } from "./fields";
import { useTeamChoices } from "./PlaceFields";
import { Refusal } from "./Refusal";

const given = () => z.string().check(z.minLength(1));
const schema = z.object({
  name: given(),
  team: given(),
  acting_for: given(),
  operations: z.array(z.string()).check(z.minLength(1)),
  expires_at: z.string(),
});
type Form = z.infer<typeof schema>;

/** Never more than the person may do, on whose behalf it works; the service holds to that. */
export const IssueToken = ({ onIssued }: { onIssued: (token: TokenOut) => void }) => {
  const { t } = useLingui();
  const me = useMe();
  const once = useOnce();
  const people = usePeople().map((one) => ({ value: one.id, label: one.display_name }));
  const teams = useTeamChoices();
  const operations = useOptions("roles_matrix");
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: { name: "", team: me.teams[0]?.id ?? "", acting_for: "", operations: [], expires_at: "" },
  });
  const send = useSend(tokensCreateMutation(), onIssued);
  const submit = form.handleSubmit(({ expires_at, operations: chosen, ...rest }) => {
    const end = expires_at === "" ? {} : { expires_at: fromField(`${expires_at}T23:59`) };
    const body = { ...rest, ...end, operations: codesOf<OperationsEnum>(...chosen) };
    send.mutate({ body, headers: once(body) });
  });
  const none = t`Нема тога у списку`;
  const names = {
    "/name": t`Назив програма`,
    "/team": t`Тим`,
    "/acting_for": t`У име особе`,
    "/operations": t`Шта сме да ради`,
    "/expires_at": t`До дана (није обавезно)`,
  };
  const common = { control: form.control, problem: send.problem };
  return (
    <Form onSubmit={() => void submit()}>
      <Refusal problem={send.problem} names={names} />
      <TextField {...common} name="name" label={names["/name"]} maxLength={100} required />
      <ChoiceField {...common} name="team" label={names["/team"]} data={teams} none={none} required />
      <ChoiceField {...common} name="acting_for" label={names["/acting_for"]} data={people} none={none} required />
      <ChoicesField {...common} name="operations" label={names["/operations"]} data={operations} none={none} required />
      <DayField {...common} name="expires_at" label={names["/expires_at"]} />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Издај жетон</Trans>
      </Button>
    </Form>
  );
};
