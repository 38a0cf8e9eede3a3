import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ReviewRow, VerdictEnum } from "@/api/gen";
import { auditEntriesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Stack, Title } from "@/ui";
import { EntryFacts } from "./EntryFacts";
import { Told } from "./Told";
import { Verdicts } from "./Verdicts";

interface Props {
  item: ReviewRow;
  place: number;
  of: number;
  /** Not the first one: the heading takes the focus, so that a screen reader goes on with it. */
  follows: boolean;
  onVerdict: (verdict: VerdictEnum) => void;
}

/** The item to be judged now. */
export const CurrentItem = ({ item, place, of, follows, onVerdict }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (follows) heading.current?.focus({ preventScroll: true });
  }, [follows, item.id]);
  return (
    <Stack component="section" className="look" gap="md" aria-labelledby="look">
      <Title order={2} id="look" ref={heading} tabIndex={-1}>
        <Trans>
          Увид {place} од {of}
        </Trans>
      </Title>
      <Told item={item} />
      <Verdicts asked={item.verdict === "ask"} onVerdict={onVerdict} />
      {item.entry !== null && <Entry id={item.entry} />}
    </Stack>
  );
};

const Entry = ({ id }: { id: string }) => {
  const entry = useQuery(auditEntriesRetrieveOptions({ path: { id } }));
  return (
    <Answered query={entry} lines={3}>
      {(data) => <EntryFacts entry={data} />}
    </Answered>
  );
};
