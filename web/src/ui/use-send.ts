import { useMutation, type UseMutationOptions } from "@tanstack/react-query";
import { asProblem, type Problem, queryClient } from "@/api";

/** Send a change made from generated `...Mutation()` options. Everything shown is asked for anew once it is through:
 * one act moves lists, badges and histories; only the code lists stay as they are. `problem` is what the service said against it. */
export const useSend = <Data, Variables>(
  options: UseMutationOptions<Data, never, Variables> | UseMutationOptions<Data, unknown, Variables>,
  onDone?: (data: Data, variables: Variables) => void,
) => {
  const { mutationFn } = options as UseMutationOptions<Data, unknown, Variables>;
  const sent = useMutation<Data, unknown, Variables>({
    mutationFn,
    onSuccess: async (data, variables) => {
      onDone?.(data, variables);
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "reference" });
    },
  });
  const problem: Problem | undefined = sent.error === null ? undefined : asProblem(sent.error);
  return { ...sent, problem };
};
