import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut, RiskFlagsCode } from "@/api/gen";
import { casesFlagsMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useOptions } from "@/reference";
import { Checkbox, Stack, tell, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { ActForm, type ActProps } from "./ActForm";

/** What has to be minded in everything that is done. */
export const Flags = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [flags, setFlags] = useState(one.flags);
  const asFlag = useCodeOf<RiskFlagsCode>("risk_flags");
  const options = useOptions("risk_flags");
  const send = useSend(casesFlagsMutation(), () => {
    onDone();
    tell(t`Упозорења су сачувана.`);
  });
  const submit = () => {
    const chosen = flags.map(asFlag).filter((one) => one !== undefined);
    send.mutate({ path: { id: one.id }, headers: ifMatch(one), body: { flags: chosen } });
  };
  return (
    <ActForm problem={send.problem} sending={send.isPending} label={t`Сачувај`} onSubmit={submit}>
      <Checkbox.Group
        label={t`На шта треба пазити`}
        description={t`Свако упозорење види само онај коме је та врста података отворена.`}
        value={flags}
        onChange={setFlags}
      >
        <Stack gap="sm" mt="xs">
          {options.map(({ value, label }) => (
            <Checkbox key={value} size="md" value={value} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
    </ActForm>
  );
};
