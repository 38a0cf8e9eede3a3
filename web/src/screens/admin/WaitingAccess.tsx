import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { RecoveryOut, TokenOut } from "@/api/gen";
import {
  recoveriesConfirmMutation,
  recoveriesRevokeMutation,
  tokensConfirmMutation,
  tokensDeclineMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { usePersonName } from "@/reference";
import { tell, useSend } from "@/ui";
import { WaitingCard } from "./WaitingCard";

export const WaitingToken = ({ of }: { of: TokenOut }) => {
  const { t } = useLingui();
  const person = usePersonName()(of.acting_for);
  const confirm = useSend(tokensConfirmMutation(), () => tell(t`Потврђено је. Програм сада има приступ.`));
  const decline = useSend(tokensDeclineMutation(), () => tell(t`Програм неће добити приступ.`));
  const send = { path: { id: of.id }, headers: ifMatch(of) };
  const { name } = of;
  return (
    <WaitingCard
      title={t`Приступ за програм: ${name}`}
      does={t`Кад потврдите, програм „${name}“ може да ради у Спони у име особе: ${person}.`}
      askedBy={of.issued_by}
      askedAt={of.created_at}
      until={of.waits_until}
      roles={of.asked_roles}
      problem={confirm.problem ?? decline.problem}
      isSending={confirm.isPending || decline.isPending}
      onConfirm={() => confirm.mutate(send)}
      onDecline={() => decline.mutate(send)}
    />
  );
};

interface Props {
  of: RecoveryOut;
  /** The link comes in the answer alone. */
  onLink: (link: string | null) => void;
}

export const WaitingRecovery = ({ of, onLink }: Props) => {
  const { t } = useLingui();
  const person = usePersonName()(of.user);
  const confirm = useSend(recoveriesConfirmMutation(), ({ link }) => onLink(link));
  const revoke = useSend(recoveriesRevokeMutation(), () => tell(t`Захтев је повучен.`));
  const send = { path: { id: of.id }, headers: ifMatch(of) };
  return (
    <WaitingCard
      title={t`Враћање приступа: ${person}`}
      does={t`Прво се уверите, лично или телефоном, да је то стварно та особа. Кад потврдите, добијате везу којом она поставља нову лозинку и нови други корак.`}
      askedBy={of.started_by}
      askedAt={of.created_at}
      until={of.expires_at}
      roles={null}
      problem={confirm.problem ?? revoke.problem}
      isSending={confirm.isPending || revoke.isPending}
      onConfirm={() => confirm.mutate(send)}
      onDecline={() => revoke.mutate(send)}
    />
  );
};
