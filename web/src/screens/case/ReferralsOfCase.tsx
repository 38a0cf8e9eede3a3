import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { CaseOut, ReferralRow } from "@/api/gen";
import { referralsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { StatusSign, useOrganisationName, useServiceName } from "@/reference";
import { day, Group, RowLink, Section, Sign, Text } from "@/ui";
import { readOnce } from "./data";
import { Lines } from "./Lines";
import { ReferLink } from "./ReferLink";

export const useReferralsOfCase = (one: CaseOut) =>
  useQuery({ ...referralsListOptions({ query: { case: one.id, page_size: 100 } }), ...readOnce });

/** Where the person has been sent, or is to be. */
export const ReferralsOfCase = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const referrals = useReferralsOfCase(one);
  return (
    <Section
      title={t`Где је особа упућена`}
      actions={
        <ReferLink one={one} variant="default">
          <Trans>Нов упут</Trans>
        </ReferLink>
      }
    >
      <Lines query={referrals} none={t`Још нема упута.`}>
        {(row) => (
          <li key={row.id}>
            <Line row={row} />
          </li>
        )}
      </Lines>
    </Section>
  );
};

const Line = ({ row }: { row: ReferralRow }) => {
  const { t, i18n } = useLingui();
  const service = useServiceName();
  const organisation = useOrganisationName();
  const where = row.side === "sent" ? organisation(row.recipient) : organisation(row.requester);
  const name = service(row.service_code);
  return (
    <RowLink to="/referrals/$id" params={{ id: row.id }} preload={false}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={500}>{name}</Text>
          <Text size="sm" c="dimmed">
            {[where, row.sent_at === null ? "" : day(row.sent_at, i18n.locale)]
              .filter((word) => word !== "")
              .join(" · ")}
          </Text>
        </div>
        <Group gap={6}>
          {row.overdue && (
            <Sign icon={IconAlertTriangle} tone="late">
              {t`Касни`}
            </Sign>
          )}
          <StatusSign code={row.status} />
        </Group>
      </Group>
    </RowLink>
  );
};
