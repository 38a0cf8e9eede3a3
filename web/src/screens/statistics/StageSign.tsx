import { useLingui } from "@lingui/react/macro";
import { IconLock, IconPencil, IconWorld } from "@tabler/icons-react";
import type { StageEnum } from "@/api/gen";
import { Sign } from "@/ui";

/** Whether the numbers still change. */
export const StageSign = ({ stage }: { stage: StageEnum }) => {
  const { t } = useLingui();
  if (stage === "live") return <Sign icon={IconPencil} tone="calm">{t`уживо, још се мења`}</Sign>;
  if (stage === "locked") return <Sign icon={IconLock} tone="good">{t`закључено`}</Sign>;
  return <Sign icon={IconWorld} tone="quiet">{t`само објављено`}</Sign>;
};
