import { useLingui } from "@lingui/react/macro";
import { IconBan, IconCheck, IconHourglass, IconLoader, IconX } from "@tabler/icons-react";
import { Sign } from "@/ui";

/** Where a release stands. */
export const ReleaseSign = ({ status }: { status: string }) => {
  const { t } = useLingui();
  if (status === "published") return <Sign icon={IconCheck} tone="good">{t`објављено`}</Sign>;
  if (status === "prepared") return <Sign icon={IconHourglass} tone="soon">{t`чека одобрење`}</Sign>;
  if (status === "building") return <Sign icon={IconLoader} tone="calm">{t`израђује се`}</Sign>;
  if (status === "refused") return <Sign icon={IconBan} tone="late">{t`није прошло проверу`}</Sign>;
  return <Sign icon={IconX} tone="quiet">{t`одбијено`}</Sign>;
};
