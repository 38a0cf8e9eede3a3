import { useLingui } from "@lingui/react/macro";
import type { ReferralRow } from "@/api/gen";
import { useLabel } from "@/reference";
import { useMe } from "@/session/me";
import { Section } from "@/ui";
import { grouped } from "./group";
import { ReferralLine } from "./ReferralLine";

export const ReferralGroups = ({ rows }: { rows: readonly ReferralRow[] }) => {
  const { t } = useLingui();
  const urgency = useLabel("urgencies");
  const own = new Set(useMe().organisations.map(({ id }) => id));
  const named: Record<string, string> = { late: t`Прошао рок`, draft: t`Још није послато`, ended: t`Готови` };
  return grouped(rows, own).map(({ key, rows: some }) => (
    <Section key={key} title={`${named[key] ?? urgency(key)} (${some.length})`}>
      <ul className="plain-list">
        {some.map((row) => (
          <li key={row.id}>
            <ReferralLine row={row} />
          </li>
        ))}
      </ul>
    </Section>
  ));
};
