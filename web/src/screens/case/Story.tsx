import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { onward } from "@/api";
import type { CaseOut, ChangeOut, ReferralRow } from "@/api/gen";
import { caseHistoryListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { ChangeLine, Happened } from "@/history";
import { useOrganisationName, useServiceName } from "@/reference";
import { Button, ProblemNotice, Section, Skeletons, Stack, TextLink } from "@/ui";
import { useChangedField } from "./changed-field";
import { readOnce } from "./data";
import { useReferralsOfCase } from "./ReferralsOfCase";
import { useVerb } from "./verbs";

type Event = { at: string; change: ChangeOut } | { at: string; referral: ReferralRow };

/** What happened, the newest first: changes of the case, and referrals between them. */
export const Story = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const path = { id: one.id };
  const options = caseHistoryListInfiniteOptions({ path });
  const history = useInfiniteQuery({ ...options, ...onward, initialPageParam: { path }, ...readOnce });
  const referrals = useReferralsOfCase(one).data?.results ?? [];
  if (history.isError) return <ProblemNotice error={history.error} retry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeletons lines={6} />;
  const changes = history.data.pages.flatMap((page) => page.results);
  const oldest = history.hasNextPage ? (changes.at(-1)?.at ?? "") : "";
  const events: Event[] = [
    ...changes.map((change) => ({ at: change.at, change })),
    ...referrals
      .map((referral) => ({ at: referral.sent_at ?? referral.created_at, referral }))
      .filter(({ at }) => at >= oldest),
  ].sort((left, right) => right.at.localeCompare(left.at));
  return (
    <Section title={t`Шта се догађало`}>
      <ol className="plain-list">
        {events.map((event) => (
          <li key={"change" in event ? event.change.id : event.referral.id} className="line">
            {"change" in event ? <Change change={event.change} /> : <Referral row={event.referral} />}
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Stack align="center">
          <Button variant="default" size="md" onClick={() => void history.fetchNextPage()}>
            <Trans>Прикажи старије</Trans>
          </Button>
        </Stack>
      )}
    </Section>
  );
};

const Change = ({ change }: { change: ChangeOut }) => {
  const verb = useVerb();
  return <ChangeLine change={change} what={verb(change.verb)} fieldOf={useChangedField()} />;
};

const Referral = ({ row }: { row: ReferralRow }) => {
  const { t } = useLingui();
  const service = useServiceName();
  const organisation = useOrganisationName();
  const name = service(row.service_code);
  const what = (
    <>
      {row.sent_at === null ? t`Припремљен упут` : t`Послат упут`}:{" "}
      <TextLink to="/referrals/$id" params={{ id: row.id }} preload={false}>
        {name}
      </TextLink>
    </>
  );
  return <Happened what={what} at={row.sent_at ?? row.created_at} who={organisation(row.recipient)} />;
};
