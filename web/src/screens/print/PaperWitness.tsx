import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { LogOut } from "@/api/gen";
import { checkpointOptions } from "@/log";
import { useTeamName } from "@/reference";
import { SealJudgement } from "@/screens/audit/SealJudgement";
import { Answered, dayAndTime, Stack, Text, Title } from "@/ui";

/** The signed checkpoint of a log, line by line (origin, size, root hash, signatures), and whether this device has
 * verified it. */
export const PaperWitness = ({ log }: { log: LogOut }) => {
  const { t, i18n } = useLingui();
  const team = useTeamName();
  const checkpoint = useQuery({ ...checkpointOptions(log), enabled: log.checkpoint_at !== null });
  return (
    <Stack gap="xs">
      <Title order={3}>{team(log.id) || t`Заједнички дневник`}</Title>
      <SealJudgement log={log} />
      {log.checkpoint_at !== null && (
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
