import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import {
  meSessionsEndMutation,
  meSessionsEndOthersMutation,
  meSessionsListOptions,
} from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Button, Group, ProblemNotice, Section, tell, Text, useSend } from "@/ui";
import { SessionRow } from "./SessionRow";

/** Where I am signed in now. This device signs out at the end of the page. */
export const Sessions = () => {
  const { t } = useLingui();
  const open = useQuery(meSessionsListOptions());
  const one = useSend(meSessionsEndMutation(), () => tell(t`Одјављено је.`));
  const others = useSend(meSessionsEndOthersMutation(), () => tell(t`Сви остали уређаји су одјављени.`));
  const problem = one.problem ?? others.problem;
  return (
    <Section title={t`Где сте пријављени`}>
      <Text>
        <Trans>Ако неку пријаву не препознајете, одјавите је и одмах промените лозинку.</Trans>
      </Text>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Answered query={open} lines={2}>
        {({ results }) => (
          <>
            <ul className="plain-list">
              {results.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  busy={one.isPending && one.variables.path.id === session.id}
                  onEnd={() => one.mutate({ path: { id: session.id } })}
                />
              ))}
            </ul>
            {results.length > 1 && (
              <Group>
                <Button variant="default" size="md" loading={others.isPending} onClick={() => others.mutate({})}>
                  <Trans>Одјави све остале уређаје</Trans>
                </Button>
              </Group>
            )}
          </>
        )}
      </Answered>
    </Section>
  );
};
