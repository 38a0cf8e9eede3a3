import { Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button, Empty, ProblemNotice, Skeletons } from "@/ui";

interface Props<Row> {
  query: UseInfiniteQueryResult<InfiniteData<{ results: Row[] }>, unknown>;
  rowKey: (row: Row) => string;
  none: string;
  children: (row: Row) => ReactNode;
}

/** A list that is read on page by page. */
export const Rows = <Row,>({ query, rowKey, none, children }: Props<Row>) => {
  if (query.data === undefined) {
    if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
    return <Skeletons />;
  }
  const rows = query.data.pages.flatMap((page) => page.results);
  if (rows.length === 0) return <Empty>{none}</Empty>;
  return (
    <div>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={rowKey(row)} className="thing">
            {children(row)}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="md"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          <Trans>Прикажи још</Trans>
        </Button>
      )}
    </div>
  );
};
