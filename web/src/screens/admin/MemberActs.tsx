import { Trans, useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { MemberOut } from "@/api/gen";
import {
  membersDisableMutation,
  membersEnableMutation,
  membersEndActingMutation,
  membersEndMutation,
  membersSignOutMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { ProblemNotice, Stack, tell, Text, useSend } from "@/ui";
import { StartActing } from "./StartActing";
import { SureButton } from "./SureButton";

const gone = (at: string | null): boolean => at !== null && new Date(at).getTime() <= Date.now();

/** What can be done with one role and the account behind it. Nobody does it with their own. */
export const MemberActs = ({ member, onDone }: { member: MemberOut; onDone: () => void }) => {
  const { t } = useLingui();
  const me = useMe();
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const end = useSend(membersEndMutation(), done(t`Улога је завршена.`));
  const disable = useSend(membersDisableMutation(), done(t`Налог је искључен.`));
  const enable = useSend(membersEnableMutation(), done(t`Налог је укључен.`));
  const signOut = useSend(membersSignOutMutation(), done(t`Особа је одјављена са свих уређаја.`));
  const endActing = useSend(membersEndActingMutation(), done(t`Замењивање је завршено.`));
  const all = [end, disable, enable, signOut, endActing];
  const problem = all.find((one) => one.problem !== undefined)?.problem;
  const send = { path: { id: member.id }, headers: ifMatch(member) };
  const mine = member.user.id === me.id;
  const active = member.user.is_active;
  const isDeputy = member.role === "deputy_coordinator" && may(me, "membership.manage");
  if (mine) {
    return (
      <Text>
        <Trans>Ово је Ваша улога. О њој одлучује неко други.</Trans>
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {problem !== undefined && <ProblemNotice error={problem} />}
      {isDeputy && active && <StartActing member={member} onDone={onDone} />}
      {isDeputy && (
        <SureButton
          name={t`Заврши замењивање`}
          sure={t`Да, више не замењује координацију`}
          loading={endActing.isPending}
          onSure={() => endActing.mutate(send)}
        />
      )}
      {may(me, "account.disable") && active && (
        <SureButton
          name={t`Одјави са свих уређаја`}
          sure={t`Да, одјави`}
          loading={signOut.isPending}
          onSure={() => signOut.mutate(send)}
        />
      )}
      {may(me, "account.disable") && active && (
        <SureButton
          name={t`Искључи налог`}
          sure={t`Да, особа одмах губи приступ`}
          loading={disable.isPending}
          onSure={() => disable.mutate(send)}
        />
      )}
      {may(me, "account.disable") && !active && (
        <SureButton
          name={t`Укључи налог`}
          sure={t`Да, особа поново има приступ`}
          loading={enable.isPending}
          onSure={() => enable.mutate(send)}
        />
      )}
      {!gone(member.valid_until) && (
        <SureButton
          name={t`Заврши улогу`}
          sure={t`Да, улога се данас завршава`}
          loading={end.isPending}
          onSure={() => end.mutate({ ...send, body: {} })}
        />
      )}
    </Stack>
  );
};
