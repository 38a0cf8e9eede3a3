import { useMutation } from "@tanstack/react-query";
import { asProblem, type Problem } from "@/api";

/** The device or the person did not let the key sign: closed, too late, or no such key here. */
const isRefusedByDevice = (error: unknown): boolean => error instanceof DOMException;

export interface Try<Given> {
  run: (given: Given) => void;
  busy: boolean;
  problem: Problem | undefined;
  /** The key was not shown. */
  noKey: boolean;
}

/** Try one step; nothing else on the page is asked for anew. */
export const useTry = <Given = void>(act: (given: Given) => Promise<unknown>, onDone?: () => void): Try<Given> => {
  const { mutate, isPending, error } = useMutation<unknown, unknown, Given>({
    mutationFn: act,
    ...(onDone === undefined ? {} : { onSuccess: onDone }),
  });
  const noKey = isRefusedByDevice(error);
  return { run: mutate, busy: isPending, noKey, problem: error === null || noKey ? undefined : asProblem(error) };
};
