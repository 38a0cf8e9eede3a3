import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { ReviewRow, VerdictEnum } from "@/api/gen";
import { reviewsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Answered, Empty, ProblemNotice, Section, Stack, Text } from "@/ui";
import { AskedItems } from "./AskedItems";
import { CurrentItem } from "./CurrentItem";
import { ItemRows } from "./ItemRows";
import { QueueChoice } from "./QueueChoice";
import { useJudge } from "./use-judge";

const MOST = 100;

/** What waits for a verdict, the most pressing first; the next one comes by itself. */
export const QueueView = () => {
  const { queue } = useSearch({ from: "/_in/audit/" });
  const wanted = queue === undefined ? {} : { for_role: queue };
  // Not kept: what has its verdict is not to come back for a moment when one returns.
  const rows = useQuery({
    ...reviewsListOptions({ query: { ...wanted, judged: false, page_size: MOST } }),
    gcTime: 0,
  });
  return (
    <Stack gap="lg">
      <QueueChoice queue={queue} />
      <Answered query={rows}>{({ results }) => <Queue key={queue} rows={results} />}</Answered>
      <AskedItems wanted={wanted} />
    </Stack>
  );
};

/** The rows in their order without those judged here already, and what gives the next verdict. */
const useQueue = (rows: readonly ReviewRow[]) => {
  const me = useMe();
  const { judge, given, problem, refresh } = useJudge();
  const open = rows.filter((one) => one.person !== me.id);
  const left = open.filter((one) => !given.has(one.id));
  const current = left[0];
  const last = left.length === 1;
  const onVerdict = useCallback(
    (verdict: VerdictEnum) => {
      if (current === undefined) return;
      judge({ item: current, verdict });
      if (last) void refresh();
    },
    [current, judge, last, refresh],
  );
  return {
    current,
    left,
    place: open.length - left.length + 1,
    of: open.length,
    follows: given.size > 0,
    problem,
    onVerdict,
  };
};

const Queue = ({ rows }: { rows: readonly ReviewRow[] }) => {
  const { t } = useLingui();
  const { current, left, place, of, follows, problem, onVerdict } = useQueue(rows);
  return (
    <>
      {problem !== undefined && <ProblemNotice error={problem} />}
      {current === undefined ? (
        <Empty>
          <Trans>Све је прегледано. Хвала Вам: овако сви знају да неко гледа.</Trans>
        </Empty>
      ) : (
        <>
          <Waiting left={left} />
          <CurrentItem item={current} place={place} of={of} follows={follows} onVerdict={onVerdict} />
        </>
      )}
      {left.length > 1 && (
        <Section title={t`Следе`}>
          <ItemRows items={left.slice(1)} />
        </Section>
      )}
    </>
  );
};

const Waiting = ({ left }: { left: readonly ReviewRow[] }) => {
  const minutes = left.reduce((sum, one) => sum + (one.minutes ?? 1), 0);
  return (
    <Text role="status">
      <Plural value={left.length} one="Чека # увид" few="Чекају # увида" other="Чека # увида" />
      {" · "}
      <Plural value={minutes} one="око # минут" few="око # минута" other="око # минута" />
    </Text>
  );
};
