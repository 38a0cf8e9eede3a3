import { Trans, useLingui } from "@lingui/react/macro";
import type { TallyOut } from "@/api/gen";
import { useLabel, useTeamName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, DataTable } from "@/ui";
import { monthName } from "./tallies";
import { useOwnServices } from "./use-own-services";

interface Props {
  rows: readonly TallyOut[];
  onCorrect: (tally: TallyOut) => void;
}

export const TallyTable = ({ rows, onCorrect }: Props) => {
  const { t, i18n } = useLingui();
  const item = useLabel("tally_items");
  const service = useServiceOf();
  const team = useTeamName();
  const me = useMe();
  const number = new Intl.NumberFormat(i18n.locale === "en" ? "en-GB" : i18n.locale);
  const when = (one: TallyOut): string => monthName(one.month, i18n.locale);
  return (
    <DataTable
      caption={t`Месечни бројеви моје организације`}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { name: t`Месец`, of: when },
        { name: t`Шта`, of: (one) => item(one.item) },
        { name: t`Услуга`, of: (one) => service(one.service) },
        // Who works in one team alone needs no column for it.
        ...(me.teams.length === 1 ? [] : [{ name: t`Тим`, of: (one: TallyOut) => team(one.team) }]),
        { name: t`Број`, of: (one) => number.format(one.amount), number: true },
        {
          name: t`Измена`,
          of: (one) => {
            const what = `${item(one.item)}, ${when(one)}`;
            return (
              <Button variant="default" size="md" aria-label={t`Исправи: ${what}`} onClick={() => onCorrect(one)}>
                <Trans>Исправи</Trans>
              </Button>
            );
          },
        },
      ]}
    />
  );
};

/** What a service of one's own is called. */
const useServiceOf = () => {
  const { all } = useOwnServices();
  const label = useLabel("services");
  return (id: string): string => {
    const found = all.find((one) => one.id === id);
    return found === undefined ? "" : found.name || label(found.code);
  };
};
