import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { onward } from "@/api";
import { referralsExport } from "@/api/gen";
import { referralsListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, CsvButton, Page, ProblemNotice, Skeletons, Stack } from "@/ui";
import { NoReferrals } from "./NoReferrals";
import { queryOf } from "./query";
import { ReferralFilters } from "./ReferralFilters";
import { ReferralGroups } from "./ReferralGroups";

const route = getRouteApi("/_in/referrals/");
const MOST = 50;

/** All referrals, sent and received: what is late on top, then by urgency. */
export const Referrals = () => {
  const { t } = useLingui();
  const me = useMe();
  const search = route.useSearch();
  const query = queryOf(search);
  const options = referralsListInfiniteOptions({ query: { ...query, page_size: MOST } });
  const referrals = useInfiniteQuery({ ...options, ...onward });
  const rows = referrals.data?.pages.flatMap((page) => page.results);
  const take = async () => (await referralsExport({ query, parseAs: "text", throwOnError: true })).data;
  return (
    <Page title={t`Сви упути`} actions={may(me, "case.export_list") && <CsvButton file="uputi.csv" take={take} />}>
      <ReferralFilters search={search} />
      {rows === undefined && !referrals.isError && <Skeletons lines={6} />}
      {referrals.isError && <ProblemNotice error={referrals.error} retry={() => void referrals.refetch()} />}
      {rows !== undefined && (rows.length === 0 ? <NoReferrals search={search} /> : <ReferralGroups rows={rows} />)}
      {referrals.hasNextPage && (
        <Stack align="center">
          <Button
            variant="default"
            size="md"
            loading={referrals.isFetchingNextPage}
            onClick={() => void referrals.fetchNextPage()}
          >
            <Trans>Прикажи још</Trans>
          </Button>
        </Stack>
      )}
    </Page>
  );
};
