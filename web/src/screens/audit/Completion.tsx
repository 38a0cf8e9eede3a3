import { Trans, useLingui } from "@lingui/react/macro";
import type { CompletionLine } from "@/api/gen";
import { useLabel, useTeamName } from "@/reference";
import { DataTable, Empty, TextLink } from "@/ui";
import { monthName } from "./months";

/** How much of each queue was judged in time, by month, with the report to print. */
export const Completion = ({ lines }: { lines: readonly CompletionLine[] }) => {
  const { t, i18n } = useLingui();
  const team = useTeamName();
  const role = useLabel("roles");
  if (lines.length === 0) {
    return (
      <Empty>
        <Trans>Још ништа није дошло на преглед.</Trans>
      </Empty>
    );
  }
  const months = [...new Set(lines.map((one) => one.month.slice(0, 7)))];
  return (
    <>
      <DataTable
        caption={t`Колико је увида прегледано на време`}
        rows={lines}
        rowKey={(one) => `${one.team} ${one.month} ${one.for_role}`}
        columns={[
          { name: t`Месец`, of: (one) => monthName(one.month, i18n.locale) },
          { name: t`Тим`, of: (one) => team(one.team) },
          { name: t`Ко прегледа`, of: (one) => role(one.for_role) },
          { name: t`Увида`, of: (one) => one.items, number: true },
          { name: t`Оцењено`, of: (one) => one.judged, number: true },
          { name: t`Касни`, of: (one) => one.overdue, number: true },
          { name: t`На време`, of: (one) => `${Math.round(one.share * 100)} %`, number: true },
        ]}
      />
      <ul className="plain-list">
        {months.map((one) => (
          <li key={one}>
            <TextLink to="/print/audit/$month" params={{ month: one }}>
              <Trans>Извештај за {monthName(one, i18n.locale)}, за штампу</Trans>
            </TextLink>
          </li>
        ))}
      </ul>
    </>
  );
};
