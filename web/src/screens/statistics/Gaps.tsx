import { Trans, useLingui } from "@lingui/react/macro";
import type { GapOut } from "@/api/gen";
import { BarChart } from "@/charts/BarChart";
import { useLabel } from "@/reference";
import { Empty, Section } from "@/ui";

/** What the town lacks: needs for which there is no service. */
export const Gaps = ({ gaps }: { gaps: readonly GapOut[] }) => {
  const { t } = useLingui();
  const service = useLabel("services");
  const need = useLabel("needs");
  const name = (one: GapOut): string => {
    if (one.service_code !== "") return service(one.service_code);
    return one.need === "" ? t`није наведено из обзира према особи` : need(one.need);
  };
  return (
    <Section title={t`Шта нашем граду недостаје`}>
      {gaps.length === 0 ? (
        <Empty>
          <Trans>Ниједна потреба није остала без услуге.</Trans>
        </Empty>
      ) : (
        <BarChart
          title={t`Потребе за које нема услуге`}
          summary={t`Број случајева у тромесечју.`}
          of={t`Услуга или потреба`}
          data={[...gaps]
            .sort((a, b) => b.n - a.n)
            .map((one) => ({ key: `${one.service_code} ${one.need}`, name: name(one), value: one.n }))}
        />
      )}
    </Section>
  );
};
