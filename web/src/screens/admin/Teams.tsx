import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import { teamsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, ProblemNotice, Sheet } from "@/ui";
import { AdminPage } from "./AdminPage";
import { NewTeam } from "./NewTeam";
import { Rows } from "./Rows";
import { TeamLine } from "./TeamLine";
import { useTeamKeys } from "./use-team-keys";

/** The teams that there are: founded here, and here the end of all their keys is asked for. */
export const Teams = () => {
  const { t } = useLingui();
  const me = useMe();
  const teams = useInfiniteQuery({ ...teamsListInfiniteOptions(), ...onward });
  const keys = useTeamKeys();
  return (
    <AdminPage title={t`Тимови`} actions={may(me, "team.create") && <Found />}>
      {keys.error !== undefined && <ProblemNotice error={keys.error} />}
      <Rows query={teams} rowKey={({ id }) => id} none={t`Још нема ниједног тима.`}>
        {(team) => <TeamLine team={team} {...keys.of(team)} />}
      </Rows>
    </AdminPage>
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
