import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { ProlongInReasonEnum, RequestOut } from "@/api/gen";
import { rightsRequestsProlongMutation } from "@/api/gen/@tanstack/react-query.gen";
import { isCode } from "@/reference";
import { Button, Choices, Section, Stack, tell, useSend } from "@/ui";
import { Refusal } from "./Refusal";
import { useDelays } from "./words";

/** Sixty days more, once. */
export const ProlongRights = ({ request, onDone }: { request: RequestOut; onDone: () => void }) => {
  const { t } = useLingui();
  const reasons = useDelays();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useSend(rightsRequestsProlongMutation(), () => {
    tell(t`Рок је продужен за 60 дана.`);
    onDone();
  });
  const prolong = () => {
    setTried(true);
    if (!isCode<ProlongInReasonEnum>(reason)) return;
    send.mutate({ path: { id: request.id }, headers: ifMatch(request), body: { reason } });
  };
  return (
    <Section title={t`Продужење рока`}>
      <Stack gap="md">
        <Refusal problem={send.problem} />
        <Choices
          label={t`Зашто још 60 дана (само једном)`}
          options={reasons}
          value={reason}
          onChange={setReason}
          error={tried && reason === "" ? t`Изаберите разлог.` : undefined}
        />
        <Button variant="default" size="md" loading={send.isPending} onClick={prolong}>
          <Trans>Продужи рок</Trans>
        </Button>
      </Stack>
    </Section>
  );
};
