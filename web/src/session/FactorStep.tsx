import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Stack } from "@/ui";
import { CodeForm } from "./CodeForm";
import { type Kind, showCode, showPasskey } from "./factors";
import { KeyForm } from "./KeyForm";
import { deviceKeepsKeys, knowsKeys } from "./passkey";

interface Props {
  kinds: readonly Kind[];
  /** In a session that is open already. */
  again: boolean;
  onDone: () => void;
}

/** Show a second factor. With both, the passkey comes first where the device can keep one. */
export const FactorStep = ({ kinds, again, onDone }: Props) => {
  const { t } = useLingui();
  const key = kinds.includes("webauthn");
  const app = kinds.includes("totp");
  const both = key && (app || kinds.includes("recovery_codes"));
  const keeps = useQuery({ queryKey: ["device-keeps-keys"], queryFn: deviceKeepsKeys, staleTime: Infinity });
  const [chosen, setChosen] = useState<"key" | "code">();
  if (both && keeps.data === undefined) return null;
  const shown = chosen ?? (key && (!app || keeps.data) ? "key" : "code");
  return (
    <Stack gap="md">
      {shown === "key" ? (
        <KeyForm
          label={t`Покажи приступни кључ`}
          description={
            knowsKeys() ? (
              <Trans>Потврдите да сте то Ви: отиском, лицем, ПИН-ом уређаја или безбедносним кључем.</Trans>
            ) : (
              <Trans>Овај прегледач не познаје приступне кључеве. Отворите Спону у новијем прегледачу.</Trans>
            )
          }
          send={() => showPasskey(again)}
          onDone={onDone}
        />
      ) : (
        <CodeForm
          description={
            app ? (
              <Trans>Шест цифара из апликације за потврду. Ако сте без ње: један од резервних кодова.</Trans>
            ) : (
              <Trans>Један од резервних кодова које сте сачували.</Trans>
            )
          }
          send={(code) => showCode(code, again)}
          onDone={onDone}
        />
      )}
      {both && (
        <Button variant="subtle" size="md" onClick={() => setChosen(shown === "key" ? "code" : "key")}>
          {shown === "code" && <Trans>Користи приступни кључ</Trans>}
          {shown === "key" && (app ? <Trans>Користи код из апликације</Trans> : <Trans>Користи резервни код</Trans>)}
        </Button>
      )}
    </Stack>
  );
};
