import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { auditEntriesExport, auditEntriesList } from "@/api/gen";
import { Button, CsvButton, Empty, ProblemNotice, Section, Skeletons, Stack } from "@/ui";
import { LogFilters } from "./LogFilters";
import { LogRows } from "./LogRows";
import { asked, type LogSearch } from "./search";

const PAGE = 30;

/** The pages of the log that match, the newest first. Not asked for again by itself: each asking is an entry, too. */
const useEntries = (search: LogSearch) => {
  const query = asked(search);
  return useInfiniteQuery({
    queryKey: ["audit entries", query],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam === "" ? {} : { cursor: pageParam };
      return (await auditEntriesList({ query: { ...query, page_size: PAGE, ...cursor }, signal, throwOnError: true }))
        .data;
    },
    getNextPageParam: ({ next }) =>
      next === null ? undefined : (new URL(next, location.origin).searchParams.get("cursor") ?? undefined),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
};

/** Search of the log: who did what, when, to which case. */
export const LogView = () => {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { view: _view, queue: _queue, ...search } = useSearch({ from: "/_in/audit/" });
  const entries = useEntries(search);
  const rows = entries.data?.pages.flatMap((page) => page.results) ?? [];
  const take = async () =>
    (await auditEntriesExport({ query: asked(search), parseAs: "text", throwOnError: true })).data;
  const filter = (changed: LogSearch) => void navigate({ to: "/audit", search: { view: "log", ...changed } });
  return (
    <Stack gap="lg">
      <LogFilters search={search} onSearch={filter} />
      <Section title={t`Уноси`} actions={<CsvButton file="dnevnik.csv" take={take} />}>
        {entries.isPending && <Skeletons lines={6} />}
        {entries.isError && <ProblemNotice error={entries.error} retry={() => void entries.refetch()} />}
        {entries.isSuccess && rows.length === 0 && (
          <Empty>
            <Trans>Нема таквих уноса.</Trans>
          </Empty>
        )}
        <LogRows rows={rows} />
        {entries.hasNextPage && (
          <Button
            variant="default"
            size="md"
            loading={entries.isFetchingNextPage}
            onClick={() => void entries.fetchNextPage()}
          >
            <Trans>Прикажи још</Trans>
          </Button>
        )}
      </Section>
    </Stack>
  );
};
