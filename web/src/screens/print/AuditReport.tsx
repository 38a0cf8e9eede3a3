import { Trans, useLingui } from "@lingui/react/macro";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { auditLogsListOptions, reviewCompletionRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, useTeamName } from "@/reference";
import { monthName } from "@/screens/audit/months";
import { monthOptions } from "@/screens/audit/reviews-of-month";
import { useMe } from "@/session/me";
import { Answered, Button, DataTable, day, Page, Section, Stack, Text } from "@/ui";
import { PaperWitness } from "./PaperWitness";
import { ReviewCounts } from "./ReviewCounts";
import "./audit-report.css";

/** The review of a month on paper: what was done of it, what came out, and how the log stood, to be signed. */
export const AuditReport = () => {
  const { t, i18n } = useLingui();
  const me = useMe();
  const { month } = useParams({ from: "/_in/print/audit/$month" });
  const items = useQuery(monthOptions(month));
  const title = t`Преглед увида, ${monthName(month, i18n.locale)}`;
  return (
    <Page
      title={title}
      actions={
        <Button size="md" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          <Trans>Штампај</Trans>
        </Button>
      }
    >
      <Stack gap="lg" className="audit-report">
        <Text>
          <Trans>
            Саставио/ла: {me.display_name}, {day(new Date().toISOString(), i18n.locale)}
          </Trans>
        </Text>
        <Section title={t`Колико је прегледано`}>
          <Done month={month} />
        </Section>
        <Section title={t`Шта је нађено`}>
          <Answered query={items}>{(rows) => <ReviewCounts rows={rows} />}</Answered>
        </Section>
        <Logs />
        <div className="signatures">
          <p>
            <Trans>Место и датум</Trans>
          </p>
          <p>
            <Trans>Потпис</Trans>
          </p>
        </div>
      </Stack>
    </Page>
  );
};

const Logs = () => {
  const { t } = useLingui();
  const logs = useQuery({ ...auditLogsListOptions(), refetchOnWindowFocus: false });
  return (
    <Section title={t`Стање дневника`}>
      <Text>
        <Trans>Ове редове чувајте на папиру. Дневник који би неко касније мењао више се не би слагао са њима.</Trans>
      </Text>
      <Answered query={logs}>
        {({ results }) => (
          <>
            {results.map((one) => (
              <PaperWitness key={one.id} log={one} />
            ))}
          </>
        )}
      </Answered>
    </Section>
  );
};

const Done = ({ month }: { month: string }) => {
  const { t } = useLingui();
  const team = useTeamName();
  const role = useLabel("roles");
  const completion = useQuery(reviewCompletionRetrieveOptions());
  return (
    <Answered query={completion}>
      {({ results }) => (
        <DataTable
          caption={t`По тимовима`}
          rows={results.filter((one) => one.month.startsWith(month))}
          rowKey={(one) => `${one.team} ${one.for_role}`}
          columns={[
            { name: t`Тим`, of: (one) => team(one.team) },
            { name: t`Ко прегледа`, of: (one) => role(one.for_role) },
            { name: t`Увида`, of: (one) => one.items, number: true },
            { name: t`Оцењено`, of: (one) => one.judged, number: true },
            { name: t`На време`, of: (one) => one.in_time, number: true },
            { name: t`Касни`, of: (one) => one.overdue, number: true },
          ]}
        />
      )}
    </Answered>
  );
};
