import { useLingui } from "@lingui/react/macro";
import { ifMatch } from "@/api";
import type { MemberOut } from "@/api/gen";
import { membersEndActingMutation, membersEndMutation } from "@/api/gen/@tanstack/react-query.gen";
import { ProblemNotice, tell, useSend } from "@/ui";
import { StartActing } from "./StartActing";
import { SureButton } from "./SureButton";

interface Props {
  member: MemberOut;
  onDone: () => void;
}

/** The deputy takes the coordinator's place, or gives it back. */
export const ActingActs = ({ member, onDone }: Props) => {
  const { t } = useLingui();
  const end = useSend(membersEndActingMutation(), () => {
    tell(t`Замењивање је завршено.`);
    onDone();
  });
  return (
    <>
      {member.user.is_active && <StartActing member={member} onDone={onDone} />}
      {end.problem !== undefined && <ProblemNotice error={end.problem} />}
      <SureButton
        name={t`Заврши замењивање`}
        sure={t`Да, више не замењује координацију`}
        loading={end.isPending}
        onSure={() => end.mutate({ path: { id: member.id }, headers: ifMatch(member) })}
      />
    </>
  );
};

export const EndRole = ({ member, onDone }: Props) => {
  const { t } = useLingui();
  const end = useSend(membersEndMutation(), () => {
    tell(t`Улога је завршена.`);
    onDone();
  });
  return (
    <>
      {end.problem !== undefined && <ProblemNotice error={end.problem} />}
      <SureButton
        name={t`Заврши улогу`}
        sure={t`Да, улога се данас завршава`}
        loading={end.isPending}
        onSure={() => end.mutate({ path: { id: member.id }, headers: ifMatch(member), body: {} })}
      />
    </>
  );
};
