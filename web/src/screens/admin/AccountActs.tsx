import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { MemberOut } from "@/api/gen";
import {
  membersDisableMutation,
  membersEnableMutation,
  membersSignOutMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { ProblemNotice, tell, useSend } from "@/ui";
import { SureButton } from "./SureButton";

/** What is done with the account behind a role. */
export const AccountActs = ({ member, onDone }: { member: MemberOut; onDone: () => void }) => {
  const { t } = useLingui();
  const done = (words: string) => () => {
    tell(words);
    onDone();
  };
  const disable = useSend(membersDisableMutation(), done(t`Налог је искључен.`));
  const enable = useSend(membersEnableMutation(), done(t`Налог је укључен.`));
  const signOut = useSend(membersSignOutMutation(), done(t`Особа је одјављена са свих уређаја.`));
  const problem = disable.problem ?? enable.problem ?? signOut.problem;
  const send = { path: { id: member.id }, headers: ifMatch(member) };
  const acts = member.user.is_active
    ? [
        { of: signOut, name: t`Одјави са свих уређаја`, sure: t`Да, одјави` },
        { of: disable, name: t`Искључи налог`, sure: t`Да, особа одмах губи приступ` },
      ]
    : [{ of: enable, name: t`Укључи налог`, sure: t`Да, особа поново има приступ` }];
  return (
    <>
      {problem !== undefined && <ProblemNotice error={problem} />}
      {acts.map(({ of, name, sure }) => (
        <SureButton key={name} name={name} sure={sure} loading={of.isPending} onSure={() => of.mutate(send)} />
      ))}
    </>
  );
};
