import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import type { Factor } from "@/session/factors";
import { Button, day, Group, Text } from "@/ui";
import { useFactorName } from "./factor-name";

const SECOND = 1000;

export const FactorRow = ({ factor, onRemove }: { factor: Factor; onRemove: () => void }) => {
  const { t, i18n } = useLingui();
  const name = useFactorName()(factor);
  const on = (seconds: number) => day(new Date(seconds * SECOND).toISOString(), i18n.locale);
  const Icon = factor.type === "totp" ? IconDeviceMobile : IconFingerprint;
  return (
    <li className="row factor">
      <Icon size={24} aria-hidden />
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {[
            factor.created_at !== undefined && t`додато ${on(factor.created_at)}`,
            factor.last_used_at != null && t`последњи пут ${on(factor.last_used_at)}`,
          ]
            .filter((one) => one !== false)
            .join(" · ")}
        </Text>
      </div>
      <Group justify="end">
        <Button variant="default" size="md" aria-label={t`Уклони: ${name}`} onClick={onRemove}>
          <Trans>Уклони</Trans>
        </Button>
      </Group>
    </li>
  );
};
