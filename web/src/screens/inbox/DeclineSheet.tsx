import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { InboxLine, ReferralRow, ReferralReasonsCode } from "@/api/gen";
import { referralsRejectMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useReasons } from "@/reference";
import { Button, Choices, ProblemNotice, Sheet, Stack, tellWithUndo, Text, useSend } from "@/ui";
import { useTakeBack } from "./take-back";

interface Props {
  line: InboxLine | undefined;
  row: ReferralRow | undefined;
  onClose: () => void;
}

/** Declining says why, by one tap on a reason. */
export const DeclineSheet = ({ line, row, onClose }: Props) => {
  const { t } = useLingui();
  return (
    <Sheet title={t`Одбиј упут`} opened={line !== undefined} onClose={onClose}>
      {line !== undefined && row !== undefined && <Decline line={line} row={row} onClose={onClose} />}
    </Sheet>
  );
};

const Decline = ({ line, row, onClose }: { line: InboxLine; row: ReferralRow; onClose: () => void }) => {
  const { t } = useLingui();
  const reasons = useReasons("rejected");
  const [reason, choose] = useState<ReferralReasonsCode | "">("");
  const takeBack = useTakeBack();
  const whose = line.spoken_name || line.code;
  const send = useSend(referralsRejectMutation(), (after) => {
    onClose();
    tellWithUndo(t`Одбијено: ${whose}.`, { label: t`Поништи`, seconds: 10, run: () => takeBack(after) });
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ path: { id: line.id }, body: { reason_code: reason }, headers: ifMatch(row) });
      }}
    >
      <Stack>
        <Text>
          <Trans>{whose}. Разлог види организација која је упутила.</Trans>
        </Text>
        <Choices label={t`Зашто?`} options={reasons} value={reason} onChange={choose} />
        {send.problem !== undefined && <ProblemNotice error={send.problem} />}
        <Button type="submit" size="md" disabled={reason === ""} loading={send.isPending}>
          <Trans>Одбиј упут</Trans>
        </Button>
      </Stack>
    </form>
  );
};
