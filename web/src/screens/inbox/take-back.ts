import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { ReferralOut } from "@/api/gen";
import { referralsUndoMutation } from "@/api/gen/@tanstack/react-query.gen";
import { tell, useSend } from "@/ui";

/** Take a mis-tapped answer back; what the service says against it is told in the same place as the offer. */
export const useTakeBack = (): ((referral: ReferralOut) => void) => {
  const { t } = useLingui();
  const undo = useSend(referralsUndoMutation(), () => tell(t`Поништено. Упут поново чека одговор.`));
  return (referral) =>
    undo.mutate(
      { path: { id: referral.id }, body: {}, headers: ifMatch(referral) },
      { onError: () => tell(t`Није поништено. Отворите упут и погледајте како сада стоји.`) },
    );
};
