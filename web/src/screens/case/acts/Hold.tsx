import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut } from "@/api/gen";
import { casesHoldMutation } from "@/api/gen/@tanstack/react-query.gen";
import { DateField, tell, useSend } from "@/ui";
import { inDays } from "../days";
import { ActForm, type ActProps } from "./ActForm";

const MONTH = 30;

/** A case is set aside until a day. */
export const Hold = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [until, setUntil] = useState(inDays(MONTH));
  const send = useSend(casesHoldMutation(), () => {
    onDone();
    tell(t`Случај је привремено заустављен.`);
  });
  return (
    <ActForm
      problem={send.problem}
      names={{ "/review_due": t`Погледаћемо поново` }}
      sending={send.isPending}
      label={t`Привремено заустави`}
      onSubmit={() => send.mutate({ path: { id: one.id }, headers: ifMatch(one), body: { review_due: until } })}
    >
      <DateField
        size="md"
        label={t`Погледаћемо поново`}
        description={t`Тога дана случај се враћа међу оне који чекају.`}
        min={inDays(1)}
        required
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </ActForm>
  );
};
