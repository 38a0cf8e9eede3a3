import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseOut } from "@/api/gen";
import { duplicateHintDuplicateHintMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, Text, TextInput, useSend } from "@/ui";
import { ActForm, type ActProps } from "./ActForm";

/** Whether the same person has another case is found out by a secret of the person's own; only the coordinator hears it. */
export const DuplicateHint = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [phrase, setPhrase] = useState("");
  const send = useSend(duplicateHintDuplicateHintMutation(), () => {
    onDone();
    tell(t`Забележено. Ако постоји други случај, координатор ће видети оба.`);
  });
  return (
    <ActForm
      problem={send.problem}
      names={{ "/phrase": t`Лозинка особе` }}
      sending={send.isPending}
      label={t`Провери`}
      onSubmit={() => send.mutate({ path: { id: one.id }, body: { phrase } })}
    >
      <Text>
        <Trans>
          Особа каже речи које сама памти. Од њих се чува само печат, никада саме речи. Одговор је увек исти: ако
          постоји други случај, то види само координатор.
        </Trans>
      </Text>
      <TextInput
        size="md"
        label={t`Лозинка особе`}
        autoComplete="off"
        required
        value={phrase}
        onChange={(event) => setPhrase(event.currentTarget.value)}
      />
    </ActForm>
  );
};
