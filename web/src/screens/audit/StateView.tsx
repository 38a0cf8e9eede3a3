import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { auditLogsListOptions, reviewCompletionRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Section, Stack } from "@/ui";
import { Completion } from "./Completion";
import { LogSeal } from "./LogSeal";

/** How far the log is sealed and witnessed, and how much of the review was done. */
export const StateView = () => {
  const { t } = useLingui();
  const logs = useQuery(auditLogsListOptions());
  const completion = useQuery(reviewCompletionRetrieveOptions());
  return (
    <Stack gap="xl">
      <Section title={t`Дневник`}>
        <Answered query={logs}>
          {({ results }) => (
            <Stack gap="lg">
              {results.map((one) => (
                <LogSeal key={one.id} log={one} />
              ))}
            </Stack>
          )}
        </Answered>
      </Section>
      <Section title={t`Прегледано по месецима`}>
        <Answered query={completion}>{({ results }) => <Completion lines={results} />}</Answered>
      </Section>
    </Stack>
  );
};
