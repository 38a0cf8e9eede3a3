import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { ActingInReasonEnum, MemberOut } from "@/api/gen";
import { membersStartActingMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { Button, Choices, DateTimeField, Form, fromField, Section, tell, useSend } from "@/ui";
import { Refusal } from "./Refusal";
import { useActingReasons } from "./words";

/** A deputy takes the coordinator's place: somebody else says so, with a reason, until a moment. */
export const StartActing = ({ member, onDone }: { member: MemberOut; onDone: () => void }) => {
  const { t } = useLingui();
  const reasons = useActingReasons();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [missing, setMissing] = useState(false);
  const start = useSend(membersStartActingMutation(), () => {
    tell(t`Замењивање је почело.`);
    onDone();
  });
  const submit = () => {
    setMissing(reason === "");
    if (!isCode<ActingInReasonEnum>(reason)) return;
    const body = { reason, ...(until === "" ? {} : { until: fromField(until) }) };
    start.mutate({ path: { id: member.id }, headers: ifMatch(member), body });
  };
  return (
    <Section title={t`Замењује координацију`}>
      <Form onSubmit={submit}>
        <Refusal problem={start.problem} names={{ "/reason": t`Разлог`, "/until": t`До` }} />
        <Choices
          label={t`Разлог`}
          options={reasons}
          value={reason}
          onChange={setReason}
          error={missing ? t`Изаберите разлог.` : undefined}
        />
        <DateTimeField
          size="md"
          label={t`До (није обавезно)`}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={start.isPending}>
          <Trans>Почни замењивање</Trans>
        </Button>
      </Form>
    </Section>
  );
};
