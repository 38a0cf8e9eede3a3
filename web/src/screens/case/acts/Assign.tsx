import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { ifMatch } from "@/api";
import type { CaseOut } from "@/api/gen";
import { casesAssignMutation, membersListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisationName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Select, tell, useSend } from "@/ui";
import { ActForm, type ActProps } from "./ActForm";

const WORKING = ["coordinator", "deputy_coordinator", "member"];

/** Who carries the case from now on; another organisation may take it over with the person. */
export const Assign = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const me = useMe();
  const [user, setUser] = useState(one.assigned_to);
  const members = useQuery(membersListOptions({ query: { team: one.team, live: true, page_size: 100 } }));
  const organisation = useOrganisationName();
  const people = (members.data?.results ?? []).filter(
    (seat, place, all) =>
      WORKING.includes(seat.role) && all.findIndex((other) => other.user.id === seat.user.id) === place,
  );
  // Who holds the case comes first: another organisation can take it only where a consent names it.
  const homes = [...new Set([one.holder, ...people.map((seat) => seat.organisation)])].filter((home) =>
    people.some((seat) => seat.organisation === home),
  );
  const send = useSend(casesAssignMutation(), () => {
    onDone();
    tell(t`Случај је додељен.`);
  });
  const submit = () => {
    const home = people.find((seat) => seat.user.id === user)?.organisation;
    const moves = typeof home === "string" && home !== one.holder;
    const body = { user, ...(moves ? { organisation: home } : {}) };
    send.mutate({ path: { id: one.id }, headers: ifMatch(one), body });
  };
  return (
    <ActForm
      problem={send.problem}
      sending={send.isPending}
      label={t`Додели`}
      names={{ "/user": t`Особа`, "/organisation": t`Организација` }}
      onSubmit={submit}
    >
      <Select
        size="md"
        label={t`Ко води случај`}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t`Обриши избор` }}
        placeholder={t`Нико посебно`}
        value={user}
        onChange={setUser}
        data={homes.map((home) => ({
          group: organisation(home),
          items: people
            .filter((seat) => seat.organisation === home)
            .map(({ user: { id, display_name } }) => ({ value: id, label: display_name })),
        }))}
      />
      {user !== me.id && people.some((seat) => seat.user.id === me.id) && (
        <Button variant="default" onClick={() => setUser(me.id)}>
          <Trans>Узимам ја</Trans>
        </Button>
      )}
    </ActForm>
  );
};
