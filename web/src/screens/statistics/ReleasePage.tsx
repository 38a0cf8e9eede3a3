import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReleaseRow } from "@/api/gen";
import { releasesListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Answered, day, Empty, Facts, Group, Page, Section, Stack, TextLink } from "@/ui";
import { Cite } from "./Cite";
import { Decide } from "./Decide";
import { Downloads } from "./Downloads";
import { Gate } from "./Gate";
import { HowToRead } from "./HowToRead";
import { IndicatorView } from "./IndicatorView";
import { usePeriod } from "./periods";
import { ReleaseSign } from "./ReleaseSign";
import { useTier } from "./words";
import "./statistics.css";

/** One release: what it is, its indicators, how to cite it, and what it takes to publish it. */
export const ReleasePage = () => {
  const { t } = useLingui();
  const { number } = useParams({ from: "/_in/statistics/$number" });
  const releases = useQuery(releasesListOptions({ query: { page_size: 100 } }));
  return (
    <Answered query={releases}>
      {({ results }) => {
        const found = results.find((one) => String(one.number ?? one.id) === number || one.id === number);
        return found === undefined ? (
          <Page title={t`Издање`}>
            <Empty>
              <Trans>Таквог издања нема, или Вам није доступно.</Trans>
            </Empty>
          </Page>
        ) : (
          <Release release={found} />
        );
      }}
    </Answered>
  );
};

const Release = ({ release }: { release: ReleaseRow }) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const period = usePeriod();
  const tier = useTier();
  const { number, status } = release;
  const when = period(release.period);
  const built = status === "prepared" || status === "published" || status === "declined";
  return (
    <Page title={number === null ? t`Издање у припреми: ${when}` : t`Издање ${number}: ${when}`}>
      <TextLink to="/statistics" search={{}}>
        <Trans>Сва издања</Trans>
      </TextLink>
      <Stack gap="xl">
        <Stack gap="sm">
          <Group>
            <ReleaseSign status={status} />
          </Group>
          <Facts
            of={[
              [t`За кога`, tier(release.tier)],
              [t`Објављено`, release.approved_at !== null && day(release.approved_at, i18n.locale)],
              [t`SHA-256`, release.sha256 !== null && <code className="hash">{release.sha256}</code>],
            ]}
          />
        </Stack>
        {status === "prepared" && may(me, "release.approve") && <Decide release={release} />}
        {may(me, "statistics.national") && status !== "building" && <Gate id={release.id} />}
        {built && <IndicatorView release={release} />}
        <HowToRead tier={release.tier} />
        {number !== null && <Cite release={release} />}
        {built && (
          <Section title={t`Преузимање`}>
            <Downloads release={release} />
          </Section>
        )}
      </Stack>
    </Page>
  );
};
