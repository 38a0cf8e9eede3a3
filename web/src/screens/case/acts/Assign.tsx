import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { ifMatch } from "@/api";
import type { CaseOut, MemberOut } from "@/api/gen";
import { casesAssignMutation, membersListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisationName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Select, tell, useSend } from "@/ui";
import { ActForm, type ActProps } from "./ActForm";

const WORKING = ["coordinator", "deputy_coordinator", "member"];

/** Everybody who works on cases of the team, each once. */
const useWorkers = (one: CaseOut): MemberOut[] => {
  const members = useQuery(membersListOptions({ query: { team: one.team, live: true, page_size: 100 } }));
  return (members.data?.results ?? []).filter(
    (seat, place, all) =>
      WORKING.includes(seat.role) && all.findIndex((other) => other.user.id === seat.user.id) === place,
  );
};

/** The same by their organisations. Who holds the case comes first: another can take it only where a consent names it. */
const useGroups = (one: CaseOut, people: readonly MemberOut[]) => {
  const organisation = useOrganisationName();
  const homes = [...new Set([one.holder, ...people.map((seat) => seat.organisation)])].filter((home) =>
    people.some((seat) => seat.organisation === home),
  );
  return homes.map((home) => ({
    group: organisation(home),
    items: people
      .filter((seat) => seat.organisation === home)
      .map(({ user: { id, display_name } }) => ({ value: id, label: display_name })),
  }));
};

/** The case moves with whoever works for another organisation than the one that holds it. */
const bodyOf = (one: CaseOut, user: string | null, people: readonly MemberOut[]) => {
  const home = people.find((seat) => seat.user.id === user)?.organisation;
  return { user, ...(typeof home === "string" && home !== one.holder ? { organisation: home } : {}) };
};

/** Who carries the case from now on; another organisation may take it over with the person. */
export const Assign = ({ one, onDone }: ActProps<CaseOut>) => {
  const { t } = useLingui();
  const me = useMe();
  const [user, setUser] = useState(one.assigned_to);
  const people = useWorkers(one);
  const groups = useGroups(one, people);
  const send = useSend(casesAssignMutation(), () => {
    onDone();
    tell(t`Случај је додељен.`);
  });
  const submit = () => send.mutate({ path: { id: one.id }, headers: ifMatch(one), body: bodyOf(one, user, people) });
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
        data={groups}
      />
      {user !== me.id && people.some((seat) => seat.user.id === me.id) && (
        <Button variant="default" onClick={() => setUser(me.id)}>
          <Trans>Узимам ја</Trans>
        </Button>
      )}
    </ActForm>
  );
};
