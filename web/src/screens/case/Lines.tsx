import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Answered, Empty } from "@/ui";

interface Props<Row> {
  query: UseQueryResult<{ results: Row[] }, unknown>;
  none: string;
  children: (row: Row) => ReactNode;
}

/** What there is of one kind in a case, a line for each, or that there is nothing. */
export const Lines = <Row,>({ query, none, children }: Props<Row>) => (
  <Answered query={query}>
    {({ results }) =>
      results.length === 0 ? <Empty>{none}</Empty> : <ul className="plain-list">{results.map(children)}</ul>
    }
  </Answered>
);
