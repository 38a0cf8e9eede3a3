import { Trans } from "@lingui/react/macro";
import { ButtonLink, Stack, Text } from "@/ui";

/** A link was opened without its last part. */
export const NoSecret = () => (
  <Stack gap="md">
    <Text>
      <Trans>Веза није потпуна. Отворите је целу, онако како Вам је дата.</Trans>
    </Text>
    <ButtonLink to="/sign-in" variant="default" size="md">
      <Trans>Назад на пријаву</Trans>
    </ButtonLink>
  </Stack>
);
