import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const LONGEST_TRIES = 2;

/** Only what may pass by itself is asked again: a broken line, or a service that was busy. */
const again = (tries: number, error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status >= 502) && tries < LONGEST_TRIES;

/** What the service said lives in memory alone, and no longer than the page. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: again, staleTime: 15_000 }, mutations: { retry: false, networkMode: "always" } },
});
