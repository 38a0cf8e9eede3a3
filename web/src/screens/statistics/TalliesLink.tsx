import { Trans, useLingui } from "@lingui/react/macro";
import { IconListNumbers } from "@tabler/icons-react";
import { may, useMe } from "@/session/me";
import { ButtonLink, Section, Text } from "@/ui";
import { useOwnServices } from "./use-own-services";

/** To the monthly numbers, for an organisation of whose services something is counted. */
export const TalliesLink = () => {
  const { t } = useLingui();
  const me = useMe();
  const { counted } = useOwnServices();
  if (!may(me, "service_tally.record") || counted.length === 0) return null;
  return (
    <Section title={t`Месечни бројеви`}>
      <Text>
        <Trans>Колико је Ваша организација дала у месецу: комада, прегледа, обука. О особама ту нема ничега.</Trans>
      </Text>
      <ButtonLink
        to="/statistics/tallies"
        variant="default"
        size="md"
        className="own-width"
        leftSection={<IconListNumbers size={20} aria-hidden />}
      >
        <Trans>Упиши или исправи бројеве</Trans>
      </ButtonLink>
    </Section>
  );
};
