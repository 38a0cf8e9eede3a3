import { queryOptions, useQuery } from "@tanstack/react-query";
import { queryClient } from "@/api";
import type { CheckpointOut, LogOut } from "@/api/gen";
import { auditLogsCheckpointOptions } from "@/api/gen/@tanstack/react-query.gen";
import { judged } from "./judged";
import { forget } from "./store";

const KEY = "judged log";

const judgedOptions = (log: LogOut, checkpoint: CheckpointOut | undefined) =>
  queryOptions({
    queryKey: [KEY, log.id, checkpoint?.note],
    queryFn: () => judged(log, checkpoint?.note ?? ""),
    enabled: checkpoint !== undefined,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Looking at the window again is no reason to ask: each asking is an entry. */
export const checkpointOptions = ({ id }: LogOut) =>
  queryOptions({ ...auditLogsCheckpointOptions({ path: { id } }), refetchOnWindowFocus: false });

/** The last checkpoint of a log, and what this device finds out about it. */
export const useJudgedLog = (log: LogOut) => {
  const checkpoint = useQuery({ ...checkpointOptions(log), enabled: log.checkpoint_at !== null });
  return { checkpoint, judgement: useQuery(judgedOptions(log, checkpoint.data)) };
};

/** Watch a log from its present checkpoint on, whatever was kept. */
export const startAnew = async (log: string): Promise<void> => {
  await forget(log);
  await queryClient.invalidateQueries({ queryKey: [KEY, log] });
};
