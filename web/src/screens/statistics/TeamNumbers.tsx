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
  const { t } = useLingui();
  const mark = useMark();
  const service = useLabel("services");
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
  const of = (one: string) => numberOf(numbers, one, organisation);
  const sent = of("requested") ?? 0;
  const answered = of("accepted") ?? 0;
  const services = numbers
    .filter((one) => one.mark === "requested" && one.organisation === organisation && one.service_code !== "")
    .sort((a, b) => b.n - a.n);
  return (
    <Stack gap="xl">
      <Text c="dimmed">
        <Trans>Тачни бројеви, само за рад тима. Не преносите их даље: за то служе издања.</Trans>
      </Text>
      <dl className="tiles">
        {PEOPLE.map((one) => (
          <div key={one} className="tile">
            <dt>{mark(one)}</dt>
            <dd>{of(one) ?? 0}</dd>
          </div>
        ))}
      </dl>
      <div className="charts">
        <BarChart
          title={t`Шта је било са упутима`}
          summary={t`Послато ${sent}, прихваћено ${answered}.`}
          of={t`Исход`}
          data={REFERRALS.filter((one) => of(one) !== null).map((one) => ({
            key: one,
            name: mark(one),
            value: of(one),
          }))}
        />
        <Series figures={figures} organisation={organisation} />
        {services.length > 0 && (
          <BarChart
            title={t`Послати упути по услузи`}
            summary={t`Поверљиве услуге нису наведене.`}
            of={t`Услуга`}
            data={services.map((one) => ({
              key: one.service_code,
              name: service(one.service_code),
              value: one.n,
            }))}
          />
        )}
      </div>
      {figures.stage === "locked" && <Gaps gaps={figures.gaps} />}
      <Crossed crossed={figures.crossed} />
      {whole && <ByOrganisation numbers={numbers} />}
    </Stack>
  );
};
