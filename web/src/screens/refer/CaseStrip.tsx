import { Trans } from "@lingui/react/macro";
import type { CaseOut } from "@/api/gen";
import { Group, Text, TextLink } from "@/ui";

/** Whose referral it is: the two spoken words first, the code beside them. */
export const CaseStrip = ({ found }: { found: CaseOut }) => (
  <Group className="case-strip" justify="space-between" gap="xs">
    <div>
      <Text fw={650} size="lg">
        {found.spoken_name}
      </Text>
      <Text size="sm" c="dimmed">
        {found.code}
      </Text>
    </div>
    <TextLink to="/refer" search={{}}>
      <Trans>Други случај</Trans>
    </TextLink>
  </Group>
);
