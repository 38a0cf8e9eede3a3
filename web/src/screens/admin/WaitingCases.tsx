import { Trans, useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { ErasureOut, MergeOut, RequestOut } from "@/api/gen";
import {
  erasuresConfirmMutation,
  erasuresDeclineMutation,
  mergesConfirmMutation,
  mergesDeclineMutation,
  rightsRequestsConfirmMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { useTeamName } from "@/reference";
import { tell, useSend } from "@/ui";
import { CaseLink } from "./CaseLink";
import { useErasureReason } from "./words";
import { lapsesAt } from "./waiting";
import { WaitingCard } from "./WaitingCard";

export const WaitingErasure = ({ of }: { of: ErasureOut }) => {
  const { t } = useLingui();
  const team = useTeamName()(of.team);
  const reason = useErasureReason()(of.reason);
  const confirm = useSend(erasuresConfirmMutation(), () => tell(t`Потврђено је. Брисање сада може да се изврши.`));
  const decline = useSend(erasuresDeclineMutation(), () => tell(t`Случај остаје.`));
  const send = { path: { id: of.id } };
  return (
    <WaitingCard
      title={t`Брисање једног случаја: ${team}`}
      does={t`Разлог: ${reason}. Кад потврдите, координација може да изврши брисање. После тога нико више не може да прочита податке, ни из резервних копија.`}
      askedBy={of.requested_by}
      askedAt={of.requested_at}
      until={lapsesAt(of.requested_at)}
      roles={["municipal_lead", "data_protection_officer"]}
      problem={confirm.problem ?? decline.problem}
      isSending={confirm.isPending || decline.isPending}
      onConfirm={() => confirm.mutate(send)}
      onDecline={() => decline.mutate(send)}
    />
  );
};

export const WaitingMerge = ({ of }: { of: MergeOut }) => {
  const { t } = useLingui();
  const team = useTeamName()(of.team);
  const confirm = useSend(mergesConfirmMutation(), () => tell(t`Случајеви су спојени.`));
  const decline = useSend(mergesDeclineMutation(), () => tell(t`Случајеви остају одвојени.`));
  const send = { path: { id: of.id } };
  return (
    <WaitingCard
      title={t`Спајање два случаја: ${team}`}
      does={t`Кад потврдите, два случаја постају један: све из другог прелази у први. То не може да се врати.`}
      askedBy={of.proposed_by}
      askedAt={of.proposed_at}
      until={of.waits_until}
      roles={of.asked_roles}
      problem={confirm.problem ?? decline.problem}
      isSending={confirm.isPending || decline.isPending}
      onConfirm={() => confirm.mutate(send)}
      onDecline={() => decline.mutate(send)}
    >
      <CaseLink id={of.case}>
        <Trans>Случај који остаје</Trans>
      </CaseLink>
      <CaseLink id={of.other}>
        <Trans>Случај који се спаја с њим</Trans>
      </CaseLink>
    </WaitingCard>
  );
};

export const WaitingRights = ({ of }: { of: RequestOut }) => {
  const { t } = useLingui();
  const team = useTeamName()(of.team);
  const confirm = useSend(rightsRequestsConfirmMutation(), () => tell(t`Потврђено је. Подаци могу да се издају.`));
  return (
    <WaitingCard
      title={t`Увид особе у своје податке: ${team}`}
      does={t`Кад потврдите, координација може да отвори све што се о особи чува и да јој то преда. Ви притом не видите садржај.`}
      askedBy={of.recorded_by}
      askedAt={of.recorded_at}
      until={`${of.due_on}T22:59:00Z`}
      roles={null}
      problem={confirm.problem}
      isSending={confirm.isPending}
      onConfirm={() => confirm.mutate({ path: { id: of.id }, headers: ifMatch(of) })}
    />
  );
};
