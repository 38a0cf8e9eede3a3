import { useLingui } from "@lingui/react/macro";
import { may, useMe } from "@/session/me";
import { Page, Stack } from "@/ui";
import { PrepareRelease } from "./PrepareRelease";
import { ReleaseList } from "./ReleaseList";
import { TalliesLink } from "./TalliesLink";
import { TeamDashboard } from "./TeamDashboard";
import "./statistics.css";

/** The own team for whoever belongs to one; releases for everybody. */
export const Statistics = () => {
  const { t } = useLingui();
  const me = useMe();
  return (
    <Page title={t`Статистика`}>
      <Stack gap="xl">
        {may(me, "statistics.team") && me.teams.length > 0 && <TeamDashboard />}
        <TalliesLink />
        <ReleaseList />
        {may(me, "release.prepare") && <PrepareRelease />}
      </Stack>
    </Page>
  );
};
