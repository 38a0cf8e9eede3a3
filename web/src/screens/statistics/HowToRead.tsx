import { Trans, useLingui } from "@lingui/react/macro";
import { Section, Stack } from "@/ui";

/** What the numbers of a release are, and what they are not. */
export const HowToRead = ({ tier }: { tier: string }) => {
  const { t } = useLingui();
  return (
    <Section title={t`Како читати бројеве`}>
      <Stack component="ul" gap={4} m={0}>
        <li>
          <Trans>
            Сваки број је намерно померен за највише три, да се нико не би препознао. Просек помака је нула.
          </Trans>
        </li>
        <li>
          {tier === "C" ? (
            <Trans>„&lt;10“ значи мање од десет: може бити и нула. Остали бројеви су заокружени на пет.</Trans>
          ) : (
            <Trans>„0–4“ значи од нула до четири: може бити и нула.</Trans>
          )}
        </li>
        <li>
          <Trans>Збир не мора да се сложи са деловима: збир има свој помак.</Trans>
        </li>
        <li>
          <Trans>„Није приказано“ значи да би број превише открио, или да је основица премала.</Trans>
        </li>
      </Stack>
    </Section>
  );
};
