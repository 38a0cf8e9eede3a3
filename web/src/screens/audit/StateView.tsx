import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { auditLogsListOptions, reviewCompletionRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Section, Stack, Text } from "@/ui";
import { Completion } from "./Completion";
import { LogSeal } from "./LogSeal";

/** How far the log is sealed and witnessed, and how much of the review was done. */
export const StateView = () => {
  const { t } = useLingui();
  const logs = useQuery({ ...auditLogsListOptions(), refetchOnWindowFocus: false });
  const completion = useQuery(reviewCompletionRetrieveOptions());
  return (
    <Stack gap="xl">
      <Section title={t`Дневник`}>
        <Answered query={logs}>
          {({ results }) => (
            <Stack gap="lg">
              <Text size="sm" c="dimmed">
                <Trans>
                  Ваш прегледач сам проверава потпис и то да ништа запечаћено није мењано. Програм за то стиже са исте
                  службе: ко жели проверу независну од ње, нека упореди печат са извештајем на папиру.
                </Trans>
              </Text>
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
