import { Trans } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { onward } from "@/api";
import type { ChangeOut } from "@/api/gen";
import { referralHistoryListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { ChangeLine } from "@/history";
import { Button, Empty, ProblemNotice, Skeletons, Stack, Title } from "@/ui";
import { useChangedField } from "./changed-field";
import { useDone } from "./done-words";

/** Who changed what and when. Folded: opening it is a reading that is written down. */
export const History = ({ id }: { id: string }) => {
  const [opened, open] = useState(false);
  const icon = opened ? <IconChevronDown size={20} aria-hidden /> : <IconChevronRight size={20} aria-hidden />;
  return (
    <Stack component="section" gap="xs" className="no-print" align="flex-start">
      <Title order={2}>
        <Button variant="default" size="md" aria-expanded={opened} leftSection={icon} onClick={() => open(!opened)}>
          <Trans>Историја измена</Trans>
        </Button>
      </Title>
      {opened && <Changes id={id} />}
    </Stack>
  );
};

const Changes = ({ id }: { id: string }) => {
  const path = { id };
  const options = referralHistoryListInfiniteOptions({ path });
  const once = { staleTime: 60_000, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false };
  const history = useInfiniteQuery({ ...options, ...onward, initialPageParam: { path }, ...once });
  if (history.isError) return <ProblemNotice error={history.error} retry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeletons lines={3} />;
  const changes = history.data.pages.flatMap((page) => page.results);
  if (changes.length === 0)
    return (
      <Empty>
        <Trans>Још ништа није мењано.</Trans>
      </Empty>
    );
  return (
    <>
      <ol className="plain-list history">
        {changes.map((change) => (
          <li key={change.id}>
            <Change change={change} />
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          variant="default"
          size="md"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          <Trans>Прикажи старије</Trans>
        </Button>
      )}
    </>
  );
};

const Change = ({ change }: { change: ChangeOut }) => {
  const done = useDone();
  return <ChangeLine change={change} what={done(change.verb)} fieldOf={useChangedField()} />;
};
