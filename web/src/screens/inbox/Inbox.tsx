import "./inbox.css";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Answered, Page, Text } from "@/ui";
import { countPending, inboxOptions } from "./data";
import { NothingWaits } from "./NothingWaits";
import { Parts } from "./Parts";
import { nothingWaits, waiting } from "./parts";

/** What waits for this person today. */
export const Inbox = () => {
  const { t } = useLingui();
  const inbox = useQuery(inboxOptions);
  useEffect(() => {
    if (inbox.data !== undefined) countPending(waiting(inbox.data));
  }, [inbox.data]);
  return (
    <Page title={t`Пријемно сандуче`}>
      <Answered query={inbox}>
        {(found) =>
          nothingWaits(found) ? (
            <NothingWaits />
          ) : (
            <>
              <Summary count={waiting(found)} />
              <Parts inbox={found} />
            </>
          )
        }
      </Answered>
    </Page>
  );
};

const Summary = ({ count }: { count: number }) => (
  <Text c="dimmed" mt="calc(-1 * var(--mantine-spacing-sm))">
    {count === 0 ? (
      <Trans>Ниједан упут не чека на Вас.</Trans>
    ) : (
      plural(count, { one: "На Вас чека # упут.", few: "На Вас чекају # упута.", other: "На Вас чека # упута." })
    )}
  </Text>
);
