import { queryOptions } from "@tanstack/react-query";
import { type FindingOut, guardCheck } from "@/api/gen";

/** What the identifier guard finds in a text. Asked in the body, kept for a minute in memory, written nowhere. */
export const checkOptions = (text: string) =>
  queryOptions({
    queryKey: ["guard", text],
    queryFn: async ({ signal }) => (await guardCheck({ body: { text }, signal, throwOnError: true })).data.findings,
    enabled: text.trim() !== "",
    gcTime: 60_000,
    staleTime: Infinity,
  });

/** The words a finding is about: the service counts code points, JavaScript does not. */
export const found = (text: string, { start, end }: FindingOut): string => [...text].slice(start, end).join("");
