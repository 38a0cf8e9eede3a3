import { Trans } from "@lingui/react/macro";
import { IconPrinter } from "@tabler/icons-react";
import { Button } from "@/ui";

/** The browser prints; nothing is made or kept elsewhere. */
export const PrintButton = () => (
  <Button size="md" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
    <Trans>Штампај</Trans>
  </Button>
);
