import { useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconX } from "@tabler/icons-react";
import { Sign } from "@/ui";

/** Whether it was done, refused, or went wrong. */
export const OutcomeSign = ({ outcome }: { outcome: string }) => {
  const { t } = useLingui();
  if (outcome === "success") return <Sign icon={IconCheck} tone="quiet">{t`урађено`}</Sign>;
  if (outcome === "denied") return <Sign icon={IconBan} tone="soon">{t`одбијено`}</Sign>;
  return <Sign icon={IconX} tone="late">{t`није успело`}</Sign>;
};
