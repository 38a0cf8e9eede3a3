import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut, ClosureReasonsCode } from "@/api/gen";
import { casesCloseMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { tell, Text, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { ActForm, type ActProps } from "./ActForm";
import { OneOf } from "./OneOf";

/** These follow from another act and are never chosen by hand. */
const BY_ITSELF = ["merged", "transferred", "advice_only", "out_of_scope"];

/** A case ends, for one of the reasons of the list. */
export const Close = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
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
      <OneOf
        label={t`Зашто се случај затвара`}
        entries={entries}
        value={reason}
        onChange={(value) => setReason(asReason(value))}
      />
    </ActForm>
  );
};
