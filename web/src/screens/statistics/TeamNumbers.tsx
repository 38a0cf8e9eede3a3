import { Trans, useLingui } from "@lingui/react/macro";
import type { TeamStatisticsOut } from "@/api/gen";
import { BarChart } from "@/charts/BarChart";
import { useLabel } from "@/reference";
import { Empty, Stack, Text } from "@/ui";
import { ByOrganisation } from "./ByOrganisation";
import { Crossed } from "./Crossed";
import { Gaps } from "./Gaps";
import { numberOf, PEOPLE, REFERRALS, useMark } from "./marks";
import { Series } from "./Series";

/** The exact numbers of a quarter: those of the whole team where one sees it, else of the own organisation. */
export const TeamNumbers = ({ figures }: { figures: TeamStatisticsOut }) => {
  const { numbers } = figures;
  const whole = numbers.some((one) => one.organisation === null);
  const organisation = whole ? null : (numbers[0]?.organisation ?? null);
  if (numbers.length === 0) {
    return (
      <Empty>
        <Trans>За ово тромесечје нема бројева.</Trans>
      </Empty>
    );
  }
  return (
    <Stack gap="xl">
      <Text c="dimmed">
        <Trans>Тачни бројеви, само за рад тима. Не преносите их даље: за то служе издања.</Trans>
      </Text>
      <People figures={figures} organisation={organisation} />
      <div className="charts">
        <Results figures={figures} organisation={organisation} />
        <Series figures={figures} organisation={organisation} />
        <ByService figures={figures} organisation={organisation} />
      </div>
      {figures.stage === "locked" && <Gaps gaps={figures.gaps} />}
      <Crossed crossed={figures.crossed} />
      {whole && <ByOrganisation numbers={numbers} />}
    </Stack>
  );
};

interface PartProps {
  figures: TeamStatisticsOut;
  /** Null for the whole team. */
  organisation: string | null;
}

const People = ({ figures, organisation }: PartProps) => {
  const mark = useMark();
  return (
    <dl className="tiles">
      {PEOPLE.map((one) => (
        <div key={one} className="tile">
          <dt>{mark(one)}</dt>
          <dd>{numberOf(figures.numbers, one, organisation) ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
};

const Results = ({ figures, organisation }: PartProps) => {
  const { t } = useLingui();
  const mark = useMark();
  const of = (one: string) => numberOf(figures.numbers, one, organisation);
  const sent = of("requested") ?? 0;
  const answered = of("accepted") ?? 0;
  return (
    <BarChart
      title={t`Шта је било са упутима`}
      summary={t`Послато ${sent}, прихваћено ${answered}.`}
      of={t`Исход`}
      data={REFERRALS.filter((one) => of(one) !== null).map((one) => ({ key: one, name: mark(one), value: of(one) }))}
    />
  );
};

const ByService = ({ figures, organisation }: PartProps) => {
  const { t } = useLingui();
  const service = useLabel("services");
  const services = figures.numbers
    .filter((one) => one.mark === "requested" && one.organisation === organisation && one.service_code !== "")
    .sort((a, b) => b.n - a.n);
  if (services.length === 0) return null;
  return (
    <BarChart
      title={t`Послати упути по услузи`}
      summary={t`Поверљиве услуге нису наведене.`}
      of={t`Услуга`}
      data={services.map((one) => ({ key: one.service_code, name: service(one.service_code), value: one.n }))}
    />
  );
};
