import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { onward } from "@/api";
import type { TallyOut } from "@/api/gen";
import { serviceTalliesListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Button, Empty, Sheet } from "@/ui";
import { CorrectTally } from "./CorrectTally";
import { TallyTable } from "./TallyTable";

/** What was told so far, the newest month first. */
export const TallyList = () => {
  const { t } = useLingui();
  const { month } = useSearch({ from: "/_in/statistics/tallies" });
  const query = month === undefined ? {} : { month };
  const tallies = useInfiniteQuery({ ...serviceTalliesListInfiniteOptions({ query }), ...onward });
  const [opened, setOpened] = useState<TallyOut | null>(null);
  const close = () => setOpened(null);
  return (
    <Answered query={tallies}>
      {({ pages }) => {
        const rows = pages.flatMap(({ results }) => results);
        return (
          <>
            {rows.length === 0 ? (
              <Empty>
                <Trans>Још ништа није уписано.</Trans>
              </Empty>
            ) : (
              <TallyTable rows={rows} onCorrect={setOpened} />
            )}
            {tallies.hasNextPage && (
              <Button
                variant="default"
                size="md"
                loading={tallies.isFetchingNextPage}
                onClick={() => void tallies.fetchNextPage()}
                className="own-width"
              >
                <Trans>Прикажи још</Trans>
              </Button>
            )}
            <Sheet title={t`Исправи број`} opened={opened !== null} onClose={close}>
              {opened !== null && <CorrectTally tally={opened} onDone={close} />}
            </Sheet>
          </>
        );
      }}
    </Answered>
  );
};
