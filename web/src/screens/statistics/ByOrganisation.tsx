import { useLingui } from "@lingui/react/macro";
import type { NumberOut } from "@/api/gen";
import { useOrganisationName } from "@/reference";
import { DataTable, Section } from "@/ui";
import { numberOf, useMark } from "./marks";

const SHOWN = ["requested", "accepted", "rejected", "ended"] as const;

/** The part of each organisation; a referral counts for both of its sides. */
export const ByOrganisation = ({ numbers }: { numbers: readonly NumberOut[] }) => {
  const { t } = useLingui();
  const name = useOrganisationName();
  const mark = useMark();
  const ids = [...new Set(numbers.flatMap((one) => (one.organisation === null ? [] : [one.organisation])))];
  return (
    <Section title={t`По организацијама`}>
      <DataTable
        caption={t`Упути на којима је организација једна од страна`}
        rows={ids.map((id) => ({ id, name: name(id) })).sort((a, b) => a.name.localeCompare(b.name))}
        rowKey={(one) => one.id}
        columns={[
          { name: t`Организација`, of: (one) => one.name },
          ...SHOWN.map((each) => ({
            name: mark(each),
            of: (one: { id: string }) => numberOf(numbers, each, one.id) ?? 0,
            number: true,
          })),
        ]}
      />
    </Section>
  );
};
