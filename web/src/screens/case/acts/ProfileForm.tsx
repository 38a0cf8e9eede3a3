import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ifMatch } from "@/api";
import type { CaseOut } from "@/api/gen";
import { casesProfileMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { Fieldset, Stack, tell, useSend } from "@/ui";
import { ItemField } from "../ItemField";
import { ActForm, type ActProps } from "./ActForm";

/** The coded facts, all of them of free choice; only what was changed is sent, so that nothing else is touched. */
export const ProfileForm = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t, i18n } = useLingui();
  const [changed, setChanged] = useState<Record<string, unknown>>({});
  const classes = useEntries("data_classes");
  const fields = useEntries("tdi_fields").filter(({ attributes }) =>
    one.classes_open.includes(attributes["data_class"] ?? ""),
  );
  const ofClass = (group: string) => fields.filter(({ attributes }) => attributes["data_class"] === group);
  const name = (code: string): string => fields.find((one) => one.code === code)?.labels[i18n.locale] ?? code;
  const names = Object.fromEntries(fields.map(({ code }) => [`/items/${code}`, name(code)]));
  const send = useSend(casesProfileMutation(), () => {
    onDone();
    tell(t`Подаци су сачувани.`);
  });
  const submit = () =>
    Object.keys(changed).length === 0
      ? onDone()
      : send.mutate({ path: { id: one.id }, headers: ifMatch(one), body: { items: changed } });
  return (
    <ActForm problem={send.problem} names={names} sending={send.isPending} label={t`Сачувај`} onSubmit={submit}>
      {classes
        .filter(({ code }) => ofClass(code).length > 0)
        .map(({ code, labels }) => (
          <Fieldset key={code} legend={labels[i18n.locale] ?? code}>
            <Stack gap="sm">
              {ofClass(code).map((field) => (
                <ItemField
                  key={field.code}
                  field={field}
                  value={field.code in changed ? changed[field.code] : one.items[field.code]}
                  onChange={(value) => setChanged((old) => ({ ...old, [field.code]: value }))}
                />
              ))}
            </Stack>
          </Fieldset>
        ))}
    </ActForm>
  );
};
