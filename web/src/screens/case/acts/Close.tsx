import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut, ClosureReasonsCode } from "@/api/gen";
import { casesCloseMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { Radio, Stack, tell, Text, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { ActForm, type ActProps } from "./ActForm";

/** These follow from another act and are never chosen by hand. */
const BY_ITSELF = ["merged", "transferred", "advice_only", "out_of_scope"];

/** A case ends, for one of the reasons of the list. */
export const Close = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t, i18n } = useLingui();
  const [reason, setReason] = useState<ClosureReasonsCode>();
  const entries = useEntries("closure_reasons").filter(
    ({ code, attributes }) =>
      !BY_ITSELF.includes(code) && (attributes["allowed_from"] ?? "").split(";").includes(one.status),
  );
  const asReason = useCodeOf<ClosureReasonsCode>("closure_reasons");
  const send = useSend(casesCloseMutation(), () => {
    onDone();
    tell(t`Случај је затворен.`);
  });
  const submit = () => {
    if (reason !== undefined)
      send.mutate({ path: { id: one.id }, headers: ifMatch(one), body: { closure_reason: reason } });
  };
  return (
    <ActForm problem={send.problem} sending={send.isPending} label={t`Затвори случај`} onSubmit={submit}>
      <Text>
        <Trans>Упути који су у току морају прво да се заврше или откажу.</Trans>
      </Text>
      <Radio.Group
        label={t`Зашто се случај затвара`}
        value={reason ?? ""}
        onChange={(value) => setReason(asReason(value))}
        required
      >
        <Stack gap="sm" mt="xs">
          {entries.map(({ code, labels }) => (
            <Radio key={code} size="md" value={code} label={labels[i18n.locale] ?? code} />
          ))}
        </Stack>
      </Radio.Group>
    </ActForm>
  );
};
