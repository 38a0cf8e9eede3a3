import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReferralRow } from "@/api/gen";
import {
  referralsCancelMutation,
  referralsListOptions,
  referralsSendMutation,
} from "@/api/gen/@tanstack/react-query.gen";
import { ifMatch } from "@/api";
import { useOrganisationName } from "@/reference";
import { Button, Group, ProblemNotice, Section, Text, TextLink, useSend } from "@/ui";
import { useServiceName } from "./use-service-name";

/** Referrals that were written and not sent: taken back, or held up by a broken line. None of them gets lost. */
export const Unsent = () => {
  const { t } = useLingui();
  const rows = useQuery(referralsListOptions({ query: { status: ["draft"], side: "sent" } })).data?.results ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t`Још није послато`}>
      <ul className="plain-list">
        {rows.map((one) => (
          <Line key={one.id} row={one} />
        ))}
      </ul>
    </Section>
  );
};

const Line = ({ row }: { row: ReferralRow }) => {
  const service = useServiceName()(row.service_code);
  const organisation = useOrganisationName()(row.recipient);
  const send = useSend(referralsSendMutation());
  const drop = useSend(referralsCancelMutation());
  const given = { path: { id: row.id }, headers: ifMatch(row) };
  const problem = send.problem ?? drop.problem;
  return (
    <li className="row">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>
            {service} – {organisation}
          </Text>
          <Text size="sm">
            <TextLink to="/referrals/$id" params={{ id: row.id }} preload={false}>
              {row.spoken_name} · {row.code}
            </TextLink>
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" loading={send.isPending} onClick={() => send.mutate(given)}>
            <Trans>Пошаљи сада</Trans>
          </Button>
          <Button
            variant="subtle"
            loading={drop.isPending}
            onClick={() => drop.mutate({ ...given, body: { reason_code: "other-coded" } })}
          >
            <Trans>Одбаци</Trans>
          </Button>
        </Group>
      </Group>
      {problem !== undefined && <ProblemNotice error={problem} />}
    </li>
  );
};
