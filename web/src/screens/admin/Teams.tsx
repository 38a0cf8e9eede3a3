import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { onward } from "@/api";
import { teamsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useTeamName } from "@/reference";
import { Button, Sheet, Stack, Text } from "@/ui";
import { AdminPage } from "./AdminPage";
import { NewTeam } from "./NewTeam";
import { Rows } from "./Rows";

/** The teams that there are. A team is founded here; people come into it by invitation. */
export const Teams = () => {
  const { t } = useLingui();
  const name = useTeamName();
  const town = useLabel("municipalities");
  const teams = useInfiniteQuery({ ...teamsListInfiniteOptions(), ...onward });
  const [isOpen, setOpen] = useState(false);
  return (
    <AdminPage
      title={t`Тимови`}
      actions={
        <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
          <Trans>Нови тим</Trans>
        </Button>
      }
    >
      <Rows query={teams} rowKey={({ id }) => id} none={t`Још нема ниједног тима.`}>
        {(team) => (
          <Stack gap={2}>
            <Text fw={600}>
              {name(team.id)} <span className="code">({team.prefix})</span>
            </Text>
            <Text size="sm" c="dimmed">
              {town(team.municipality)}
            </Text>
          </Stack>
        )}
      </Rows>
      <Sheet title={t`Нови тим`} opened={isOpen} onClose={() => setOpen(false)}>
        {isOpen && <NewTeam onDone={() => setOpen(false)} />}
      </Sheet>
    </AdminPage>
  );
};
