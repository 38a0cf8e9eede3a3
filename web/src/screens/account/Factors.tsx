import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "@/api";
import { AddPasskey } from "@/session/AddPasskey";
import { AddTotp } from "@/session/AddTotp";
import { type Factor, factorsOf } from "@/session/factors";
import { Answered, Button, Group, Section, Sheet, Stack, tell } from "@/ui";
import { FactorRow } from "./FactorRow";
import { Recovery } from "./Recovery";
import { RemoveFactor } from "./RemoveFactor";

type Open = { what: "totp" | "webauthn" } | { what: "remove"; factor: Factor } | undefined;

/** Second factors: what I have, adding and removing. */
export const Factors = () => {
  const { t } = useLingui();
  const held = useQuery({ queryKey: ["factors"], queryFn: factorsOf });
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = (said: string) => () => {
    close();
    tell(said);
    void queryClient.invalidateQueries();
  };
  const titles = { totp: t`Апликација за потврду`, webauthn: t`Нови приступни кључ`, remove: t`Уклањање` };
  return (
    <Section title={t`Други фактор пријаве`}>
      <Answered query={held} lines={2}>
        {(factors) => (
          <Stack gap="sm">
            <ul className="plain-list">
              {factors
                .filter(({ type }) => type !== "recovery_codes")
                .map((factor) => (
                  <FactorRow
                    key={`${factor.type} ${factor.id ?? ""}`}
                    factor={factor}
                    onRemove={() => setOpen({ what: "remove", factor })}
                  />
                ))}
            </ul>
            <Group gap="xs">
              <Button
                variant="default"
                size="md"
                leftSection={<IconFingerprint size={20} aria-hidden />}
                onClick={() => setOpen({ what: "webauthn" })}
              >
                <Trans>Додај приступни кључ</Trans>
              </Button>
              {!factors.some(({ type }) => type === "totp") && (
                <Button
                  variant="default"
                  size="md"
                  leftSection={<IconDeviceMobile size={20} aria-hidden />}
                  onClick={() => setOpen({ what: "totp" })}
                >
                  <Trans>Додај апликацију за потврду</Trans>
                </Button>
              )}
            </Group>
            <Recovery left={factors.find(({ type }) => type === "recovery_codes")?.unused_code_count} />
          </Stack>
        )}
      </Answered>
      <Sheet title={open === undefined ? "" : titles[open.what]} size="md" opened={open !== undefined} onClose={close}>
        {open?.what === "totp" && <AddTotp onDone={done(t`Апликација је додата.`)} />}
        {open?.what === "webauthn" && <AddPasskey onDone={done(t`Кључ је додат.`)} />}
        {open?.what === "remove" && <RemoveFactor factor={open.factor} onDone={done(t`Уклоњено је.`)} />}
      </Sheet>
    </Section>
  );
};
