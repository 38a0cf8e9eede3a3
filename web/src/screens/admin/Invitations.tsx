import { Trans, useLingui } from "@lingui/react/macro";
import { IconMailPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import type { InvitationOut } from "@/api/gen";
import { invitationsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Button, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { InvitationLine } from "./InvitationLine";
import { InviteForm } from "./InviteForm";
import { rolesGiven } from "./roles-given";
import { Rows } from "./Rows";
import { ShownOnce } from "./ShownOnce";

/** Who has been invited, and a new invitation, whose link is shown once. */
export const Invitations = () => {
  const { t } = useLingui();
  const me = useMe();
  const invitations = useInfiniteQuery({ ...invitationsListInfiniteOptions(), ...onward });
  const [isOpen, setOpen] = useState(false);
  const says = useSays();
  const [made, setMade] = useState<InvitationOut | null>(null);
  const onInvited = (invitation: InvitationOut) => {
    setOpen(false);
    setMade(invitation);
  };
  return (
    <AdminPage
      title={t`Позиви`}
      actions={
        rolesGiven(me).length > 0 && (
          <Button size="md" leftSection={<IconMailPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
            <Trans>Позови особу</Trans>
          </Button>
        )
      }
    >
      <Rows query={invitations} rowKey={({ id }) => id} none={t`Још нема позива.`}>
        {(one) => <InvitationLine invitation={one} />}
      </Rows>
      <Sheet title={t`Нови позив`} opened={isOpen} onClose={() => setOpen(false)}>
        <InviteForm onInvited={onInvited} />
      </Sheet>
      <ShownOnce
        title={t`Веза за позив`}
        secret={made?.link ?? null}
        says={says(made !== null && made.waits_until !== null)}
        onClose={() => setMade(null)}
      />
    </AdminPage>
  );
};

/** From when the link of an invitation works. */
const useSays = () => {
  const { t } = useLingui();
  return (later: boolean): string =>
    later
      ? t`Предајте је особи лично. Веза почиње да ради кад позив потврди друга особа, и може да се употреби једном.`
      : t`Предајте је особи лично. Важи седам дана и може да се употреби једном.`;
};
