import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { AnswerEnum, RequestAnswerInReasonEnum, RequestOut } from "@/api/gen";
import { rightsRequestsAnswerMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { Button, Choices, Form, Section, tell, useSend } from "@/ui";
import { Refusal } from "./Refusal";
import { useAnswers, useRefusals } from "./words";

/** An answer stands; less than all needs a reason. */
export const AnswerRights = ({ request, onDone }: { request: RequestOut; onDone: () => void }) => {
  const { t } = useLingui();
  const answers = useAnswers();
  const [answer, setAnswer] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useSend(rightsRequestsAnswerMutation(), () => {
    tell(t`Одговор је уписан.`);
    onDone();
  });
  const asksWhy = answer === "partly" || answer === "refused";
  const submit = () => {
    setTried(true);
    if (!isCode<AnswerEnum>(answer) || (asksWhy && reason === "")) return;
    const why = asksWhy && isCode<RequestAnswerInReasonEnum>(reason) ? { reason } : {};
    send.mutate({ path: { id: request.id }, headers: ifMatch(request), body: { answer, ...why } });
  };
  return (
    <Section title={t`Одговор`}>
      <Form onSubmit={submit}>
        <Refusal problem={send.problem} names={{ "/answer": t`Одговор`, "/reason": t`Разлог` }} />
        <Choices
          label={t`Шта је одговорено`}
          options={answers}
          value={answer}
          onChange={setAnswer}
          error={tried && answer === "" ? t`Изаберите одговор.` : undefined}
        />
        {asksWhy && <Why value={reason} onChange={setReason} missing={tried && reason === ""} />}
        <Button type="submit" size="md" loading={send.isPending}>
          <Trans>Упиши одговор</Trans>
        </Button>
      </Form>
    </Section>
  );
};

interface WhyProps {
  value: string;
  onChange: (value: string) => void;
  missing: boolean;
}

const Why = ({ value, onChange, missing }: WhyProps) => {
  const { t } = useLingui();
  const reasons = useRefusals();
  return (
    <Choices
      label={t`Разлог`}
      options={reasons}
      value={value}
      onChange={onChange}
      error={missing ? t`Изаберите разлог.` : undefined}
    />
  );
};
