import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Stack, Text } from "@/ui";
import { AddPasskey } from "./AddPasskey";
import { AddTotp } from "./AddTotp";
import type { Kind } from "./factors";
import { deviceKeepsKeys } from "./passkey";

/** The first factor of an account, or the passkey that a role asks for. */
export const AddFactor = ({ kinds, onDone }: { kinds: readonly Kind[]; onDone: () => void }) => {
  const both = kinds.length > 1;
  const keeps = useQuery({ queryKey: ["device-keeps-keys"], queryFn: deviceKeepsKeys, staleTime: Infinity });
  const [chosen, setChosen] = useState<Kind>();
  if (both && keeps.data === undefined) return null;
  const shown = chosen ?? (both && !keeps.data ? "totp" : "webauthn");
  return (
    <Stack gap="md">
      <Text>
        {both ? (
          <Trans>Лозинка сама није довољна: додајте још један начин да потврдите да сте то Ви.</Trans>
        ) : (
          <Trans>За Вашу улогу је потребан приступни кључ: њега нико не може да измами лажном страницом.</Trans>
        )}
      </Text>
      {shown === "webauthn" ? <AddPasskey onDone={onDone} /> : <AddTotp onDone={onDone} />}
      {both && (
        <Button variant="subtle" size="md" onClick={() => setChosen(shown === "totp" ? "webauthn" : "totp")}>
          {shown === "totp" ? <Trans>Користи приступни кључ</Trans> : <Trans>Користи апликацију за потврду</Trans>}
        </Button>
      )}
    </Stack>
  );
};
