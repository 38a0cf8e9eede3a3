import { Trans, useLingui } from "@lingui/react/macro";
import * as z from "zod/mini";
import { BarChart } from "@/charts/BarChart";
import { Empty, Stack, Text } from "@/ui";
import { useMark } from "./marks";
import { usePeriod } from "./periods";
import { useSaid } from "./use-said";

const cell = z.object({
  table: z.string(),
  column: z.string(),
  mark: z.string(),
  n: z.nullable(z.number()),
  mask: z.string(),
});
const released = z.object({ number: z.number(), period: z.string(), sha256: z.string(), cells: z.array(cell) });
const TABLES = ["people", "referral_results"];

/** What releases say of the team: all that a lead is shown, since yesterday and today together are one person. */
export const TeamReleased = ({ releases }: { releases: readonly unknown[] }) => {
  const found = releases.flatMap((one) => {
    const { data } = z.safeParse(released, one);
    return data === undefined ? [] : [data];
  });
  return (
    <Stack gap="xl">
      <Text c="dimmed">
        <Trans>Видите оно што је о тиму објављено. Тачне бројеве види координација.</Trans>
      </Text>
      {found.length === 0 && (
        <Empty>
          <Trans>О овом тиму још ништа није објављено.</Trans>
        </Empty>
      )}
      <div className="charts">
        {found.map((one) => (
          <Released key={one.number} release={one} />
        ))}
      </div>
    </Stack>
  );
};

const Released = ({ release }: { release: z.infer<typeof released> }) => {
  const { t } = useLingui();
  const mark = useMark();
  const said = useSaid();
  const period = usePeriod();
  const { number, period: when } = release;
  const data = release.cells
    .filter((one) => TABLES.includes(one.table) && one.column === "total" && mark(one.mark) !== "")
    .map((one) => {
      const masked = one.mask === "withheld" ? "withheld" : "masked";
      return {
        key: `${one.table} ${one.mark}`,
        name: mark(one.mark),
        value: one.n,
        instead: said({ state: masked, value: one.n, mask: one.mask, unit: "count" }),
      };
    });
  return (
    <BarChart
      title={t`Издање ${number}: ${period(when)}`}
      summary={t`Заштићени бројеви о особама и упутима.`}
      of={t`Шта`}
      data={data}
    />
  );
};
