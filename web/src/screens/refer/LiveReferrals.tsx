import { Trans, useLingui } from "@lingui/react/macro";
import type { ReferralRow, ServiceOut } from "@/api/gen";
import { useLabel, useOrganisationName } from "@/reference";
import { Alert, Text, TextLink, untilNow } from "@/ui";
import { useServiceName } from "./use-service-name";

interface Props {
  rows: readonly ReferralRow[];
  /** The draft that this form has written itself. */
  except: string;
  service: ServiceOut | undefined;
}

/** What is under way for the case already, before anything is written: the same help is not asked for twice. */
export const LiveReferrals = ({ rows, except, service }: Props) => {
  const { t } = useLingui();
  const others = rows.filter(({ id }) => id !== except);
  if (others.length === 0) return null;
  const same = others.some((one) => one.recipient === service?.organisation && one.service_code === service?.code);
  return (
    <Alert
      variant="outline"
      color={same ? "orange" : "teal"}
      role="status"
      title={same ? t`Исти упут је већ отворен` : t`Већ отворени упути из овог случаја`}
    >
      <ul className="plain-list">
        {others.map((one) => (
          <Line key={one.id} row={one} />
        ))}
      </ul>
    </Alert>
  );
};

const Line = ({ row }: { row: ReferralRow }) => {
  const { i18n } = useLingui();
  const organisation = useOrganisationName()(row.recipient);
  const service = useServiceName()(row.service_code);
  const status = useLabel("referral_statuses")(row.status);
  const when = untilNow(row.sent_at ?? row.created_at, i18n.locale);
  return (
    <li>
      <Text>
        <TextLink to="/referrals/$id" params={{ id: row.id }} preload={false}>
          {service} – {organisation}
        </TextLink>
        {": "}
        {row.sent_at === null ? <Trans>још није послат, од {when}</Trans> : <Trans>послат {when}</Trans>}
        {row.sent_at !== null && ` · ${status}`}
      </Text>
    </li>
  );
};
