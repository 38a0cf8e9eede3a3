import { Trans, useLingui } from "@lingui/react/macro";
import type { NeedOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { Chip, Group, Section, Text } from "@/ui";

interface Props {
  needs: readonly NeedOut[];
  value: string;
  onChange: (id: string) => void;
}

/** Which need of the case the referral answers; the services below follow from it. */
export const NeedChips = ({ needs, value, onChange }: Props) => {
  const { t } = useLingui();
  const label = useLabel("needs");
  if (needs.length === 0)
    return (
      <Text c="dimmed">
        <Trans>У случају није уписана ниједна отворена потреба. Упут може да иде и без ње.</Trans>
      </Text>
    );
  return (
    <Section title={t`Потреба`}>
      <Chip.Group value={value} onChange={onChange}>
        <Group gap="xs" className="chips" role="radiogroup" aria-label={t`Потреба`}>
          {needs.map((one) => (
            <Chip key={one.id} value={one.id} size="md">
              {label(one.code)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Section>
  );
};
