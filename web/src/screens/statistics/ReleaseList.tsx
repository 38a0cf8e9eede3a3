import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReleaseRow } from "@/api/gen";
import { releasesListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, day, Empty, Group, RowLink, Section, Text } from "@/ui";
import { usePeriod } from "./periods";
import { ReleaseSign } from "./ReleaseSign";
import { useTier } from "./words";

const SOON = 3000;

/** Every release that is open to me, the newest first; one that is being built is looked after. */
export const ReleaseList = () => {
  const { t } = useLingui();
  const releases = useQuery({
    ...releasesListOptions({ query: { page_size: 100 } }),
    refetchInterval: ({ state }) => (state.data?.results.some((one) => one.status === "building") ? SOON : false),
  });
  return (
    <Section title={t`Издања`}>
      <Text c="dimmed">
        <Trans>Издање је скуп заштићених бројева о једном периоду. Објављује се једном и више се не мења.</Trans>
      </Text>
      <Answered query={releases}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>
              <Trans>Још нема објављених издања. Прво годишње издање биће овде кад га Канцеларија одобри.</Trans>
            </Empty>
          ) : (
            <ul className="plain-list">
              {results.map((one) => (
                <li key={one.id}>
                  <RowLink to="/statistics/$number" params={{ number: String(one.number ?? one.id) }} preload={false}>
                    <Line release={one} />
                  </RowLink>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  );
};

const Line = ({ release }: { release: ReleaseRow }) => {
  const { t, i18n } = useLingui();
  const period = usePeriod();
  const tier = useTier();
  const { number, approved_at: approved, sha256 } = release;
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text fw={600}>
          {number === null ? t`Издање у припреми` : t`Издање ${number}`} · {period(release.period)}
        </Text>
        <Text size="sm" c="dimmed">
          {tier(release.tier)}
          {approved !== null && ` · ${t`објављено ${day(approved, i18n.locale)}`}`}
          {sha256 !== null && <span className="hash"> · SHA-256 {sha256.slice(0, 12)}</span>}
        </Text>
      </div>
      <ReleaseSign status={release.status} />
    </Group>
  );
};
