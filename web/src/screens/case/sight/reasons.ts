import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const REASONS: Record<string, MessageDescriptor> = {
  coordination: msg`координација тима`,
  holds: msg`организација води случај`,
  opened: msg`организација је отворила случај`,
  referral_sent: msg`организација је послала упут`,
  referral_received: msg`организација је примила упут`,
  own_action: msg`задатак у плану`,
  meeting: msg`састанак тима`,
  break_glass: msg`ванредни увид`,
};

/** Why somebody sees a case. */
export const useReason = (): ((code: string) => string) => {
  const { i18n } = useLingui();
  return (code) => i18n._(REASONS[code] ?? msg`други основ`);
};
