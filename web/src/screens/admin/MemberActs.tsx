import { Trans } from "@lingui/react/macro";
import type { MemberOut } from "@/api/gen";
import { may, useMe } from "@/session/me";
import { Stack, Text } from "@/ui";
import { AccountActs } from "./AccountActs";
import { ChangeMember } from "./ChangeMember";
import { ActingActs, EndRole } from "./RoleActs";
import { rolesGiven } from "./roles-given";

const gone = (at: string | null): boolean => at !== null && new Date(at).getTime() <= Date.now();

/** What can be done with one role and the account behind it. Nobody does it with their own. */
export const MemberActs = ({ member, onDone }: { member: MemberOut; onDone: () => void }) => {
  const me = useMe();
  const isDeputy = member.role === "deputy_coordinator" && may(me, "membership.manage");
  const given: readonly string[] = rolesGiven(me);
  const isHeld = given.includes(member.role) && !gone(member.valid_until);
  if (member.user.id === me.id) {
    return (
      <Text>
        <Trans>Ово је Ваша улога. О њој одлучује неко други.</Trans>
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {isHeld && member.valid_from !== null && <ChangeMember member={member} onDone={onDone} />}
      {isDeputy && <ActingActs member={member} onDone={onDone} />}
      {may(me, "account.disable") && <AccountActs member={member} onDone={onDone} />}
      {isHeld && <EndRole member={member} onDone={onDone} />}
    </Stack>
  );
};
