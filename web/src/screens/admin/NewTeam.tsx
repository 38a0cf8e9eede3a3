import { Trans, useLingui } from "@lingui/react/macro";
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { teamsCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { Button, Form, tell, useOnce, useSend } from "@/ui";
import { Refusal } from "./Refusal";
import { pointersOf } from "./Settle";
import { NO_TEAM, teamBody, type TeamForm, teamSchema } from "./team-form";
import { TeamFields, useTeamNames } from "./TeamFields";

export const NewTeam = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const once = useOnce();
  const names = useTeamNames();
  const form = useForm<TeamForm>({ resolver: zodResolver(teamSchema), defaultValues: NO_TEAM });
  const send = useSend(teamsCreateMutation(), () => {
    tell(t`Тим је основан.`);
    onDone();
  });
  const submit = form.handleSubmit((given) => {
    const body = teamBody(given);
    if (body !== undefined) send.mutate({ body, headers: once(body) });
  });
  return (
    <Form onSubmit={() => void submit()}>
      <Refusal problem={send.problem} names={pointersOf(names)} />
      <TeamFields control={form.control} problem={send.problem} />
      <Button type="submit" size="md" loading={send.isPending}>
        <Trans>Оснуј тим</Trans>
      </Button>
    </Form>
  );
};
