import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { InvitationOut, MemberOut } from "@/api/gen";
import {
  invitationsConfirmMutation,
  invitationsDeclineMutation,
  membersConfirmMutation,
  membersDeclineMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName, useTeamName } from "@/reference";
import { tell, Text, useSend } from "@/ui";
import { useWanted } from "./use-member-shown";
import { WaitingCard } from "./WaitingCard";

/** Team and organisation of a place, as far as there are any. */
export const usePlace = () => {
  const team = useTeamName();
  const organisation = useOrganisationName();
  return (one: { team: string | null; organisation: string | null }): string =>
    [team(one.team), organisation(one.organisation)].filter((part) => part !== "").join(", ");
};

export const WaitingMember = ({ of }: { of: MemberOut }) => {
  const { t } = useLingui();
  const label = useLabel("roles");
  const place = usePlace()(of);
  const confirm = useSend(membersConfirmMutation(), () => tell(t`Потврђено је.`));
  const decline = useSend(membersDeclineMutation(), () => tell(t`Неће се применити.`));
  const send = { path: { id: of.id }, headers: ifMatch(of) };
  const person = of.user.display_name;
  const role = label(of.role);
  const wanted = useWanted()(of);
  return (
    <WaitingCard
      title={of.wanted === null ? t`Нова улога: ${person}` : t`Промена улоге: ${person}`}
      does={
        of.wanted === null
          ? t`Кад потврдите, ${person} добија улогу „${role}“ (${place}) и види оно што та улога види.`
          : t`Кад потврдите, мења се домет улоге „${role}“ (${place}) за особу ${person}.`
      }
      askedBy={of.proposed_by}
      askedAt={of.created_at}
      until={of.waits_until}
      roles={of.asked_roles}
      problem={confirm.problem ?? decline.problem}
      isSending={confirm.isPending || decline.isPending}
      onConfirm={() => confirm.mutate(send)}
      onDecline={() => decline.mutate(send)}
    >
      {wanted.map((one) => (
        <Text key={one}>{one}</Text>
      ))}
    </WaitingCard>
  );
};

export const WaitingInvitation = ({ of }: { of: InvitationOut }) => {
  const { t } = useLingui();
  const role = useLabel("roles")(of.role);
  const place = usePlace()(of);
  const confirm = useSend(invitationsConfirmMutation(), () => tell(t`Потврђено је. Веза из позива сада ради.`));
  const decline = useSend(invitationsDeclineMutation(), () => tell(t`Позив не важи.`));
  const send = { path: { id: of.id }, headers: ifMatch(of) };
  return (
    <WaitingCard
      title={t`Позив: ${role}`}
      does={t`Кад потврдите, веза из позива почиње да ради: ко је има, отвара налог са улогом „${role}“ (${place}).`}
      askedBy={of.invited_by}
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
