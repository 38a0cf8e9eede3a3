import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { ProblemNotice } from "./ProblemNotice";

const SOON = 200;

/** Grey lines in place of what is on its way, but not for a moment that nobody would notice. */
export const Skeletons = ({ lines = 4 }: { lines?: number }) => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>
        <Trans>Учитава се</Trans>
      </VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={44} />
      ))}
    </Stack>
  );
};

interface Props<Data> {
  query: UseQueryResult<Data, unknown>;
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** What was asked for: waiting, not to be had, or there. */
export const Answered = <Data,>({ query, lines, children }: Props<Data>) => {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  return <Skeletons lines={lines} />;
};
