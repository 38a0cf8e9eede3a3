import { Trans, useLingui } from "@lingui/react/macro";
import type { ReferralOut } from "@/api/gen";
import { useLabel } from "@/reference";
import { Alert, DataTable, dayAndTime, Stack, Text } from "@/ui";

interface Props {
  before: ReferralOut;
  now: ReferralOut;
  /** What was begun can still be done. */
  possible: boolean;
  why: string;
}

/** Somebody else was quicker: what was there when one began, and what is there now. Nothing typed is lost. */
export const Overtaken = ({ before, now, possible, why }: Props) => {
  const { t } = useLingui();
  const rows = useDifferences(before, now);
  return (
    <Alert
      color="orange"
      variant="outline"
      role="alert"
      className="warning"
      title={<Trans>У међувремену се нешто променило</Trans>}
    >
      <Stack gap="xs">
        <Text>{why}</Text>
        {rows.length > 0 && (
          <DataTable
            caption={t`Шта се променило`}
            rows={rows}
            rowKey={(row) => row.name}
            columns={[
              { name: t`Податак`, of: (row) => row.name },
              { name: t`Када сте почели`, of: (row) => row.was },
              { name: t`Сада`, of: (row) => row.is },
            ]}
          />
        )}
        <Text>
          {possible ? (
            <Trans>Оно што сте уписали је ту. Погледајте и пошаљите поново ако и даље важи.</Trans>
          ) : (
            <Trans>Ово више није могуће. Оно што сте уписали је ту, ако Вам још треба.</Trans>
          )}
        </Text>
      </Stack>
    </Alert>
  );
};

const useDifferences = (before: ReferralOut, now: ReferralOut) => {
  const { t, i18n } = useLingui();
  const status = useLabel("referral_statuses");
  const finer = useLabel("business_statuses");
  const urgency = useLabel("urgencies");
  const said = (one: ReferralOut): [string, string][] => [
    [t`Стање упута`, status(one.status)],
    [t`Ближе`, one.business_status === "" ? "–" : finer(one.business_status)],
    [t`Хитност`, urgency(one.urgency)],
    [t`Рок`, one.due_at === null ? "–" : dayAndTime(one.due_at, i18n.locale)],
    [t`Број питања`, String(one.questions.length)],
  ];
  if (now.access === "stub") return [{ name: t`Стање упута`, was: status(before.status), is: status(now.status) }];
  const present = said(now);
  return said(before)
    .map(([name, was], place) => ({ name, was, is: present[place]?.[1] ?? "" }))
    .filter(({ was, is }) => was !== is);
};
