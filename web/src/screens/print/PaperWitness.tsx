import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { LogOut } from "@/api/gen";
import { auditLogsCheckpointOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useTeamName } from "@/reference";
import { Answered, dayAndTime, Stack, Text, Title } from "@/ui";

/** The signed checkpoint of a log, line by line: origin, size, root hash, signatures. */
export const PaperWitness = ({ log }: { log: LogOut }) => {
  const { t, i18n } = useLingui();
  const team = useTeamName();
  const checkpoint = useQuery(auditLogsCheckpointOptions({ path: { id: log.id } }));
  return (
    <Stack gap="xs">
      <Title order={3}>{team(log.id) || t`Заједнички дневник`}</Title>
      {log.checkpoint_at === null ? (
        <Text>
          <Trans>Још нема печата.</Trans>
        </Text>
      ) : (
        <Answered query={checkpoint}>
          {({ size, at, note }) => (
            <>
              <Text>
                <Trans>
                  Уноса: {size}, запечаћено {dayAndTime(at, i18n.locale)}
                </Trans>
              </Text>
              <pre className="note" tabIndex={0}>
                {note.trim()}
              </pre>
            </>
          )}
        </Answered>
      )}
    </Stack>
  );
};
