import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { onward } from "@/api";
import type { CaseOut, LookedOut } from "@/api/gen";
import { lookedListInfiniteOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useLabel, usePersonName } from "@/reference";
import { Button, dayAndTime, ProblemNotice, Section, Skeletons, Stack, Text } from "@/ui";
import { readOnce } from "../data";
import { useVerb } from "../verbs";

/** Who opened or changed the case, from the log that cannot be rewritten. */
export const Looked = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const path = { case_id: one.id };
  const options = lookedListInfiniteOptions({ path, query: { page_size: 20 } });
  const looked = useInfiniteQuery({ ...options, ...onward, initialPageParam: { path }, ...readOnce });
  const rows = looked.data?.pages.flatMap((page) => page.results);
  return (
    <Section title={t`Ко је гледао`}>
      {looked.isError && <ProblemNotice error={looked.error} retry={() => void looked.refetch()} />}
      {looked.isPending && <Skeletons />}
      <ul className="plain-list">
        {rows?.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {looked.hasNextPage && (
        <Stack align="center">
          <Button variant="default" size="md" onClick={() => void looked.fetchNextPage()}>
            <Trans>Прикажи још</Trans>
          </Button>
        </Stack>
      )}
    </Section>
  );
};

const Line = ({ row }: { row: LookedOut }) => {
  const { t, i18n } = useLingui();
  const verb = useVerb();
  const person = usePersonName();
  const purpose = useLabel("reveal_purposes");
  const who = row.actor_kind === "user" ? person(row.actor) : t`аутоматски`;
  const why = row.purpose === null ? "" : purpose(row.purpose);
  const refused = row.outcome === "success" ? "" : t`одбијено`;
  return (
    <li className="line">
      <Text>{[who, verb(row.action), refused].filter((word) => word !== "").join(" · ")}</Text>
      <Text size="sm" c="dimmed">
        {[dayAndTime(row.at, i18n.locale), why].filter((word) => word !== "").join(" · ")}
      </Text>
    </li>
  );
};
