import "./factors.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconCopy, IconPrinter } from "@tabler/icons-react";
import { Button, CopyButton, Group, Stack, Text } from "@/ui";

/** Codes for a lost factor, each good for one sign-in. They are on the page only; paper or a password manager keeps them. */
export const RecoveryCodes = ({ codes }: { codes: readonly string[] }) => {
  const { t } = useLingui();
  return (
    <Stack gap="md">
      <Text>
        <Trans>
          Ако изгубите телефон или кључ, сваки од ових кодова Вас једном пушта унутра. Одштампајте их или их сачувајте у
          управљачу лозинки, не у белешкама.
        </Trans>
      </Text>
      <ul className="plain-list codes" aria-label={t`Резервни кодови`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" className="no-print">
        <CopyButton value={codes.join("\n")}>
          {({ copied, copy }) => (
            <Button variant="default" size="md" leftSection={<IconCopy size={20} aria-hidden />} onClick={copy}>
              {copied ? <Trans>Копирано</Trans> : <Trans>Копирај</Trans>}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          size="md"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          <Trans>Одштампај</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
