import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Stack, TextInput } from "@/ui";
import { addPasskey } from "./factors";
import { KeyForm } from "./KeyForm";

/** What one will know the key by later, until another name is written. */
const useDeviceName = (): string => {
  const { t } = useLingui();
  const agent = navigator.userAgent;
  if (/iPhone|Android.*Mobile/.test(agent)) return t`Мој телефон`;
  return /iPad|Android/.test(agent) ? t`Мој таблет` : t`Мој рачунар`;
};

export const AddPasskey = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const device = useDeviceName();
  const [name, setName] = useState(device);
  return (
    <Stack gap="md">
      <TextInput
        label={t`Назив кључа`}
        description={t`По томе ћете га касније препознати.`}
        size="md"
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <KeyForm
        label={t`Направи приступни кључ`}
        description={
          <Trans>Кључ остаје на Вашем уређају. Пријављујете се отиском, лицем, ПИН-ом или безбедносним кључем.</Trans>
        }
        send={() => addPasskey(name.trim() || device)}
        onDone={onDone}
      />
    </Stack>
  );
};
