import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { CrossedOut } from "@/api/gen";
import { BarChart } from "@/charts/BarChart";
import { useLabel } from "@/reference";
import { Section } from "@/ui";

const NOT_KNOWN = msg`непознато`;
const AGES: Readonly<Record<string, MessageDescriptor>> = {
  lt25: msg`до 24 године`,
  "25-34": msg`25–34`,
  "35-44": msg`35–44`,
  ge45: msg`45 и више`,
  "99": NOT_KNOWN,
};
const SUBSTANCES: Readonly<Record<string, MessageDescriptor>> = {
  "1": msg`Опиоиди`,
  "2": msg`Кокаин`,
  "3": msg`Стимуланси осим кокаина`,
  "4": msg`Хипнотици и седативи`,
  "5": msg`Халуциногени`,
  "6": msg`Испарљиви инхаланти`,
  "7": msg`Канабис`,
  "8": msg`Алкохол`,
  "9": msg`Друга супстанца`,
  "99": NOT_KNOWN,
};
const DIMENSIONS = ["age_group", "sex", "substance_group", "referral_source"] as const;
const TITLES: Readonly<Record<(typeof DIMENSIONS)[number], MessageDescriptor>> = {
  age_group: msg`Узраст`,
  sex: msg`Пол`,
  substance_group: msg`Главна супстанца`,
  referral_source: msg`Ко је упутио`,
};

/** Who the people in coordination are, one dimension at a time. */
export const Crossed = ({ crossed }: { crossed: readonly CrossedOut[] }) => {
  const { t, i18n } = useLingui();
  const item = useLabel("tdi_items");
  if (crossed.length === 0) return null;
  const name = ({ dimension, code }: CrossedOut): string => {
    const own = dimension === "age_group" ? AGES[code] : dimension === "substance_group" ? SUBSTANCES[code] : undefined;
    return own === undefined ? item(code, dimension) : i18n._(own);
  };
  return (
    <Section title={t`Ко су људи у координацији`}>
      <div className="charts">
        {DIMENSIONS.map((dimension) => {
          const rows = crossed.filter((one) => one.dimension === dimension);
          const title = i18n._(TITLES[dimension]);
          return rows.length === 0 ? null : (
            <BarChart
              key={dimension}
              title={title}
              summary={t`Број особа.`}
              of={title}
              data={rows.map((one) => ({ key: one.code, name: name(one), value: one.n }))}
            />
          );
        })}
      </div>
    </Section>
  );
};
