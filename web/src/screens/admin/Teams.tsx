import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { onward } from "@/api";
import type { TeamOut } from "@/api/gen";
import { teamsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useTeams } from "@/reference";
import { may, useMe } from "@/session/me";
import { Button, ProblemNotice, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { NewTeam } from "./NewTeam";
import { Rows } from "./Rows";
import { TeamLine } from "./TeamLine";
import { useTeamKeys } from "./use-team-keys";

/** The teams, all of them for who founds teams, else one's own: here the end of all their keys is asked for. */
export const Teams = () => {
  const { t } = useLingui();
  const founds = may(useMe(), "team.create");
  const keys = useTeamKeys();
  const line = (team: TeamOut) => <TeamLine team={team} {...keys.of(team)} />;
  return (
    <AdminPage title={t`Тимови`} actions={founds && <Found />}>
      {keys.error !== undefined && <ProblemNotice error={keys.error} />}
      {founds ? <AllTeams>{line}</AllTeams> : <OwnTeams>{line}</OwnTeams>}
    </AdminPage>
  );
};

interface LinesProps {
  children: (team: TeamOut) => ReactNode;
}

const AllTeams = ({ children }: LinesProps) => {
  const { t } = useLingui();
  const teams = useInfiniteQuery({ ...teamsListInfiniteOptions(), ...onward });
  return (
    <Rows query={teams} rowKey={({ id }) => id} none={t`Још нема ниједног тима.`}>
      {children}
    </Rows>
  );
};

const OwnTeams = ({ children }: LinesProps) => {
  const me = useMe();
  const own = useTeams().filter(({ id }) => me.teams.some((one) => one.id === id));
  return (
    <ul className="plain-list">
      {own.map((team) => (
        <li key={team.id} className="thing">
          {children(team)}
        </li>
      ))}
    </ul>
  );
};

/** People come into a new team by invitation. */
const Found = () => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        <Trans>Нови тим</Trans>
      </Button>
      <Sheet title={t`Нови тим`} opened={isOpen} onClose={close}>
        {isOpen && <NewTeam onDone={close} />}
      </Sheet>
    </>
  );
};
