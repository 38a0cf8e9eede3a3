import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseOut, SafeguardingBasesCode } from "@/api/gen";
import { safeguardingCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries, useOrganisations } from "@/reference";
import { Select, tell, Text, useSend } from "@/ui";
import { useCodeOf } from "../codes";
import { useKey } from "../use-key";
import { ActForm, type ActProps } from "./ActForm";
import { OneOf } from "./OneOf";

/** What the law lets one say without consent. It is written down, and a second person looks at it. */
export const Safeguarding = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const [basis, setBasis] = useState<SafeguardingBasesCode>();
  const [recipient, setRecipient] = useState<string | null>(null);
  const key = useKey();
  const asBasis = useCodeOf<SafeguardingBasesCode>("safeguarding_bases");
  const bases = useEntries("safeguarding_bases").filter(({ attributes }) => attributes["active_by_default"] === "yes");
  const before = bases.find(({ code }) => code === basis)?.attributes["second_person"] === "before";
  const send = useSend(safeguardingCreateMutation(), () => {
    onDone();
    tell(t`Законски изузетак је забележен.`);
  });
  const submit = () => {
    if (basis === undefined) return;
    const body = { basis, ...(recipient === null ? {} : { recipient }) };
    send.mutate({ path: { case_id: one.id }, headers: { "Idempotency-Key": key }, body });
  };
  return (
    <ActForm
      problem={send.problem}
      names={{ "/basis": t`Основ`, "/recipient": t`Коме се говори` }}
      sending={send.isPending}
      label={t`Забележи изузетак`}
      onSubmit={submit}
    >
      <Text>
        <Trans>
          Само када закон то налаже или је живот у опасности. Одлука остаје записана с Вашим именом и гледа је још једна
          особа.
        </Trans>
      </Text>
      <OneOf label={t`Основ у закону`} entries={bases} value={basis} onChange={(code) => setBasis(asBasis(code))} />
      <Recipient value={recipient} onChange={setRecipient} />
      {before && <ConfirmedFirst />}
    </ActForm>
  );
};

const ConfirmedFirst = () => (
  <Text fw={600}>
    <Trans>Пре него што се ишта каже, ово потврђује друга особа.</Trans>
  </Text>
);

const Recipient = ({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) => {
  const { t } = useLingui();
  return (
    <Select
      size="md"
      label={t`Коме се говори`}
      description={t`Празно ако је ван Споне, на пример полиција.`}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t`Обриши избор` }}
      value={value}
      onChange={onChange}
      data={useOrganisations().map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
};
