import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconPlus } from "@tabler/icons-react";
import { onward } from "@/api";
import { casesExport } from "@/api/gen";
import { casesListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Button, ButtonLink, CsvButton, Page, ProblemNotice, Skeletons, Stack } from "@/ui";
import { CaseFilters } from "./CaseFilters";
import { CaseGroups } from "./CaseGroups";
import { NoCases } from "./NoCases";
import { queryOf } from "./query";

const route = getRouteApi("/_in/cases/");
const MOST = 50;

/** The cases: mine first, what is late on top. */
export const Cases = () => {
  const { t } = useLingui();
  const me = useMe();
  const search = route.useSearch();
  const query = queryOf(search, me);
  const options = casesListInfiniteOptions({ query: { ...query, page_size: MOST } });
  const cases = useInfiniteQuery({ ...options, ...onward });
  const rows = cases.data?.pages.flatMap((page) => page.results);
  const take = async () => (await casesExport({ query, parseAs: "text", throwOnError: true })).data;
  const opens = may(me, "case.open") || may(me, "case.propose");
  return (
    <Page
      title={t`Случајеви`}
      actions={
        <>
          {opens && (
            <ButtonLink to="/cases/new" leftSection={<IconPlus size={20} aria-hidden />} size="md">
              <Trans>Нов случај</Trans>
            </ButtonLink>
          )}
          {may(me, "case.export_list") && <CsvButton file="slucajevi.csv" take={take} />}
        </>
      }
    >
      <CaseFilters search={search} />
      {rows === undefined && !cases.isError && <Skeletons lines={6} />}
      {cases.isError && <ProblemNotice error={cases.error} retry={() => void cases.refetch()} />}
      {rows !== undefined && (rows.length === 0 ? <NoCases search={search} /> : <CaseGroups rows={rows} />)}
      {cases.hasNextPage && (
        <Stack align="center">
          <Button
            variant="default"
            size="md"
            loading={cases.isFetchingNextPage}
            onClick={() => void cases.fetchNextPage()}
          >
            <Trans>Прикажи још</Trans>
          </Button>
        </Stack>
      )}
    </Page>
  );
};
