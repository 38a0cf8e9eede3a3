import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ifMatch } from "@/api";
import type { BasisOut, CaseOut } from "@/api/gen";
import { safeguardingConfirmMutation, safeguardingListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useOrganisationName } from "@/reference";
import { useMe } from "@/session/me";
import { Button, dayAndTime, Group, ProblemNotice, Section, tell, Text, useSend } from "@/ui";
import { ActButton } from "../acts/ActButton";
import { readOnce } from "../data";
import { Lines } from "../Lines";

/** What was said without consent because the law demands it, with its second person. */
export const Exceptions = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const bases = useQuery({ ...safeguardingListOptions({ path: { case_id: one.id } }), ...readOnce });
  return (
    <Section title={t`Законски изузеци`} actions={<ActButton one={one} act="record_safeguarding" quiet />}>
      <Lines query={bases} none={t`Нема ниједног.`}>
        {(row) => <Line key={row.id} row={row} />}
      </Lines>
    </Section>
  );
};

const Line = ({ row }: { row: BasisOut }) => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const label = useLabel("safeguarding_bases");
  const organisation = useOrganisationName();
  const confirm = useSend(safeguardingConfirmMutation(), () => tell(t`Изузетак је потврђен.`));
  const waits = row.confirmed_at === null;
  const on = (at: string): string => dayAndTime(at, i18n.locale);
  return (
    <li className="line">
      <Group justify="space-between">
        <div>
          <Text fw={500}>{label(row.basis)}</Text>
          {row.recipient !== null && <Text size="sm">{organisation(row.recipient)}</Text>}
          <Text size="sm" c="dimmed">
            {on(row.decided_at)} · {waits ? t`чека потврду до ${on(row.valid_until)}` : t`потврђено`}
          </Text>
        </div>
        {waits && row.decided_by !== me.id && (
          <Button
            variant="default"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ path: { id: row.id }, headers: ifMatch(row) })}
          >
            <Trans>Потврди</Trans>
          </Button>
        )}
      </Group>
      {confirm.problem !== undefined && <ProblemNotice error={confirm.problem} />}
    </li>
  );
};
