import { useLingui } from "@lingui/react/macro";
import type { CaseRow } from "@/api/gen";
import { useLabel } from "@/reference";
import { Section } from "@/ui";
import { CaseLine } from "./CaseLine";
import { grouped } from "./group";

export const CaseGroups = ({ rows }: { rows: readonly CaseRow[] }) => {
  const { t } = useLingui();
  const urgency = useLabel("urgencies");
  const name = (key: string): string => {
    if (key === "late") return t`Прошао рок`;
    return key === "closed" ? t`Затворени` : urgency(key);
  };
  return grouped(rows, new Date()).map(({ key, rows: some }) => (
    <Section key={key} title={`${name(key)} (${some.length})`}>
      <ul className="plain-list">
        {some.map((row) => (
          <li key={row.id}>
            <CaseLine row={row} />
          </li>
        ))}
      </ul>
    </Section>
  ));
};
