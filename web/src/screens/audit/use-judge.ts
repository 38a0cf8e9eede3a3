import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem, ifMatch, type Problem, queryClient } from "@/api";
import { type ReviewRow, reviewsJudge, type VerdictEnum } from "@/api/gen";

interface Said {
  item: ReviewRow;
  verdict: VerdictEnum;
}

/** Give verdicts one after the other: an item is out of the way at once, and comes back if the service refuses it. */
export const useJudge = () => {
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const sent = useMutation({
    mutationFn: async ({ item, verdict }: Said) =>
      reviewsJudge({ path: { id: item.id }, body: { verdict }, headers: ifMatch(item), throwOnError: true }),
    onMutate: ({ item }) => {
      setProblem(undefined);
      setGiven((old) => new Set(old).add(item.id));
    },
    onError: (error, { item }) => {
      setProblem(asProblem(error));
      setGiven((old) => new Set([...old].filter((id) => id !== item.id)));
    },
  });
  /** Ask for the queue anew: once, when all that was shown has its verdict, and not after each. */
  const refresh = () => queryClient.invalidateQueries({ queryKey: [{ _id: "reviewsList" }] });
  return { given, problem, refresh, pending: sent.isPending, judge: (said: Said) => sent.mutate(said) };
};
