import { Trans, useLingui } from "@lingui/react/macro";
import type { ReferralFacts, ReferralOut } from "@/api/gen";
import { useEntries, useItemText, useLabel } from "@/reference";
import { day, Facts, Section, Stack, Text } from "@/ui";
import { Note } from "./Note";

/** What was offered with the consent, and what of it is open to the reader. */
export const Shared = ({ referral }: { referral: ReferralOut }) => {
  const { t, i18n } = useLingui();
  const classes = useLabel("data_classes");
  const needs = useLabel("needs");
  const { data_classes, need, age_band, basis_until, facts } = referral;
  const item = useItemText();
  if (data_classes.length === 0 && need === null) return null;
  return (
    <Section title={t`Шта се дели`}>
      <Facts
        of={[
          [t`Потреба`, need !== null && needs(need.code)],
          [t`Старост`, age_band !== null && item("age_band", age_band)],
          [t`Врсте података`, data_classes.map((one) => classes(one)).join(", ")],
          [t`Пристанак важи до`, basis_until !== null && day(basis_until, i18n.locale)],
        ]}
      />
      {facts !== null && <Given facts={facts} />}
      {referral.narrative !== null && <Note referral={referral} />}
      <Text size="sm" c="dimmed">
        {referral.redisclosure_notice[i18n.locale]}
      </Text>
    </Section>
  );
};

const Given = ({ facts }: { facts: ReferralFacts }) => {
  const { t, i18n } = useLingui();
  const fields = useEntries("tdi_fields");
  const needs = useLabel("needs");
  const flags = useLabel("risk_flags");
  const text = useItemText();
  const known = fields.filter(({ code }) => facts.items[code] !== undefined && facts.items[code] !== null);
  if (known.length === 0 && facts.needs.length === 0 && facts.flags.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <Trans>Подаци који су Вам отворени</Trans>
      </Text>
      <Facts
        of={[
          ...known.map(
            (field) => [field.labels[i18n.locale] ?? "", text(field.code, facts.items[field.code])] as const,
          ),
          [t`Потребе`, facts.needs.map((one) => needs(one.code)).join(", ")],
          [t`Упозорења`, facts.flags.map((one) => flags(one)).join(", ")],
        ]}
      />
    </Stack>
  );
};
