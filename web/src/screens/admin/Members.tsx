import { Trans, useLingui } from "@lingui/react/macro";
import { IconUserPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { onward } from "@/api";
import { membersListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Button, Sheet } from "@/ui";
import { AddRole } from "./AddRole";
import { AdminPage } from "./AdminPage";
import { MemberFilters } from "./MemberFilters";
import { MemberLine } from "./MemberLine";
import { membersQuery } from "./members-query";
import { rolesGiven } from "./roles-given";
import { Rows } from "./Rows";

/** Who holds which role. A person with two roles stands here twice. */
export const Members = () => {
  const { t } = useLingui();
  const me = useMe();
  const search = useSearch({ from: "/_in/admin/members" });
  const navigate = useNavigate({ from: "/admin/members" });
  const members = useInfiniteQuery({ ...membersListInfiniteOptions({ query: membersQuery(search) }), ...onward });
  const [isOpen, setOpen] = useState(false);
  return (
    <AdminPage
      title={t`Чланови`}
      actions={
        rolesGiven(me).length > 0 && (
          <Button
            variant="default"
            size="md"
            leftSection={<IconUserPlus size={18} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            <Trans>Додај улогу налогу</Trans>
          </Button>
        )
      }
    >
      <MemberFilters search={search} onSearch={(part) => void navigate({ search: part, replace: true })} />
      <Rows query={members} rowKey={({ id }) => id} none={t`Нико не одговара томе што сте изабрали.`}>
        {(one) => <MemberLine member={one} />}
      </Rows>
      <Sheet title={t`Нова улога за постојећи налог`} opened={isOpen} onClose={() => setOpen(false)}>
        <AddRole onDone={() => setOpen(false)} />
      </Sheet>
    </AdminPage>
  );
};
