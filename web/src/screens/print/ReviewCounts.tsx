import { useLingui } from "@lingui/react/macro";
import type { ReviewRow } from "@/api/gen";
import { useRule } from "@/screens/audit/words";
import { DataTable } from "@/ui";

const RULES = [
  "break_glass",
  "erasures",
  "database_changed",
  "exports",
  "bulk_reads",
  "denied_in_a_row",
  "foreign_hours",
  "lead_acts",
  "no_own_side",
  "sample",
] as const;

/** How many items each rule picked, and what verdict they got. */
export const ReviewCounts = ({ rows }: { rows: readonly ReviewRow[] }) => {
  const { t } = useLingui();
  const rule = useRule();
  const lines = RULES.map((name) => ({ name, items: rows.filter((one) => one.rule === name) })).filter(
    ({ items }) => items.length > 0,
  );
  return (
    <DataTable
      caption={t`По правилу и оцени`}
      rows={lines}
      rowKey={({ name }) => name}
      columns={[
        { name: t`Правило`, of: ({ name }) => rule(name).name },
        { name: t`Укупно`, of: ({ items }) => items.length, number: true },
        {
          name: t`Очекивано`,
          of: ({ items }) => items.filter((one) => one.verdict === "expected").length,
          number: true,
        },
        { name: t`Питано`, of: ({ items }) => items.filter((one) => one.asked_at !== null).length, number: true },
        {
          name: t`Прослеђено`,
          of: ({ items }) => items.filter((one) => one.verdict === "escalate").length,
          number: true,
        },
        { name: t`Без оцене`, of: ({ items }) => items.filter((one) => one.judged_at === null).length, number: true },
      ]}
    />
  );
};
