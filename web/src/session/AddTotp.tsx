import "./factors.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Answered, Button, Code, CopyButton, Group, Stack, Text } from "@/ui";
import { CodeForm } from "./CodeForm";
import { addTotp, offerTotp } from "./factors";
import { QrCode } from "./QrCode";

const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;

/** An authenticator app: read the square code, then prove it with the first six digits. */
export const AddTotp = ({ onDone }: { onDone: () => void }) => {
  const { t } = useLingui();
  const offer = useQuery({
    queryKey: ["totp-offer"],
    queryFn: async () => (await offerTotp()) ?? null,
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <Answered query={offer}>
      {(seed) =>
        seed === null ? (
          <Text>
            <Trans>Апликација за потврду је већ додата.</Trans>
          </Text>
        ) : (
          <Stack gap="md">
            <Text>
              <Trans>
                Отворите на телефону апликацију за потврду (на пример Aegis, Google Authenticator или Microsoft
                Authenticator) и очитајте овај код.
              </Trans>
            </Text>
            <QrCode text={seed.totp_url} label={t`Код који очитава апликација за потврду`} />
            <Stack gap={4}>
              <Text>
                <Trans>Ако не можете да очитате код, препишите ово у апликацију:</Trans>
              </Text>
              <Group gap="xs">
                <Code className="secret" lang="en">
                  {inFours(seed.secret)}
                </Code>
                <CopyButton value={seed.secret}>
                  {({ copied, copy }) => (
                    <Button variant="default" size="md" onClick={copy}>
                      {copied ? <Trans>Копирано</Trans> : <Trans>Копирај</Trans>}
                    </Button>
                  )}
                </CopyButton>
              </Group>
            </Stack>
            <CodeForm
              description={<Trans>Шест цифара које апликација сада приказује.</Trans>}
              focused={false}
              send={addTotp}
              onDone={onDone}
            />
          </Stack>
        )
      }
    </Answered>
  );
};
