import { useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import { untilNow } from "./dates";
import { Sign } from "./Sign";

const DAY = 86_400_000;

/** When something is due: late and soon are said by icon, word and colour. */
export const DueSign = ({ at, late }: { at: string; late?: boolean }) => {
  const { t, i18n } = useLingui();
  const left = new Date(at).getTime() - Date.now();
  const when = untilNow(at, i18n.locale);
  if (late ?? left < 0) return <Sign icon={IconAlertTriangle} tone="late">{t`Касни: рок је био ${when}`}</Sign>;
  return <Sign icon={IconClock} tone={left < DAY ? "soon" : "quiet"}>{t`Рок ${when}`}</Sign>;
};
