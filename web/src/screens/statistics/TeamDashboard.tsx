import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { teamStatisticsRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useTeamName } from "@/reference";
import { useMe } from "@/session/me";
import { Answered, Group, Section, Select, Stack } from "@/ui";
import { LockQuarter } from "./LockQuarter";
import { quartersUpTo, usePeriod } from "./periods";
import { StageSign } from "./StageSign";
import { TeamNumbers } from "./TeamNumbers";
import { TeamReleased } from "./TeamReleased";

const BACK = 9;

/** A quarter of the own team: exact for whoever coordinates it, the own organisation for a member. */
export const TeamDashboard = () => {
  const { t } = useLingui();
  const me = useMe();
  const name = useTeamName();
  const search = useSearch({ from: "/_in/statistics/" });
  const team = me.teams.find((one) => one.id === search.team)?.id ?? me.teams[0]?.id ?? "";
  const quarters = quartersUpTo(new Date(), BACK);
  const quarter = quarters.find((one) => one === search.quarter) ?? quarters[0] ?? "";
  const numbers = useQuery(teamStatisticsRetrieveOptions({ path: { id: team }, query: { quarter } }));
  return (
    <Section title={name(team) || t`Мој тим`}>
      <Stack gap="lg">
        <Group align="flex-end">
          <WhichQuarter team={team} quarter={quarter} quarters={quarters} />
          {numbers.data !== undefined && <StageSign stage={numbers.data.stage} />}
        </Group>
        <Answered query={numbers} lines={6}>
          {(data) =>
            data.stage === "published" ? (
              <TeamReleased releases={data.releases} />
            ) : (
              <>
                <TeamNumbers figures={data} />
                {data.stage === "live" && <LockQuarter team={team} quarter={quarter} />}
              </>
            )
          }
        </Answered>
      </Stack>
    </Section>
  );
};

interface Shown {
  team: string;
  quarter: string;
  quarters: readonly string[];
}

/** Kept in the address. */
const WhichQuarter = ({ team, quarter, quarters }: Shown) => {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const name = useTeamName();
  const period = usePeriod();
  const search = useSearch({ from: "/_in/statistics/" });
  const go = (part: { team?: string; quarter?: string }) =>
    void navigate({ to: "/statistics", search: { ...search, ...part }, replace: true, resetScroll: false });
  return (
    <>
      {me.teams.length > 1 && (
        <Select
          size="md"
          label={t`Тим`}
          allowDeselect={false}
          data={me.teams.map((one) => ({ value: one.id, label: name(one.id) }))}
          value={team}
          onChange={(value) => value !== null && go({ team: value })}
        />
      )}
      <Select
        size="md"
        label={t`Тромесечје`}
        allowDeselect={false}
        data={quarters.map((value) => ({ value, label: period(value) }))}
        value={quarter}
        onChange={(value) => value !== null && go({ quarter: value })}
      />
    </>
  );
};
