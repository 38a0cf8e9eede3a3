import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseOut, NeedsCode } from "@/api/gen";
import { caseNeedsAddMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useOptions } from "@/reference";
import { Select, tell, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { ActForm, type ActProps } from "./ActForm";

/** One more thing that the person needs. */
export const AddNeed = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [code, setCode] = useState<NeedsCode>();
  const asCode = useCodeOf<NeedsCode>("needs");
  const known = one.needs.map((need) => need.code);
  const needs = useOptions("needs", (entry) => !known.includes(entry.code));
  const send = useSend(caseNeedsAddMutation(), () => {
    onDone();
    tell(t`Потреба је додата.`);
  });
  return (
    <ActForm
      problem={send.problem}
      names={{ "/code": t`Потреба` }}
      sending={send.isPending}
      label={t`Додај`}
      onSubmit={() => code !== undefined && send.mutate({ path: { id: one.id }, body: { code } })}
    >
      <Select
        size="md"
        label={t`Шта је особи потребно`}
        searchable
        required
        nothingFoundMessage={t`Нема такве потребе`}
        value={code ?? null}
        onChange={(value) => setCode(asCode(value))}
        data={needs}
      />
    </ActForm>
  );
};
