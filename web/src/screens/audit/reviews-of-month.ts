import { queryOptions } from "@tanstack/react-query";
import { type ReviewRow, reviewsList } from "@/api/gen";

const MOST = 100;

/** All items of a month: the list is short (some twenty for each team) and is asked for the newest first. */
export const monthOptions = (month: string) =>
  queryOptions({
    queryKey: ["reviews of month", month],
    queryFn: async ({ signal }) => {
      const found: ReviewRow[] = [];
      let cursor: string | undefined;
      do {
        const query = { ordering: "newest" as const, page_size: MOST, ...(cursor === undefined ? {} : { cursor }) };
        const { data } = await reviewsList({ query, signal, throwOnError: true });
        found.push(...data.results);
        const older = data.results.some((one) => one.month.slice(0, 7) < month);
        cursor =
          data.next === null || older
            ? undefined
            : (new URL(data.next, location.origin).searchParams.get("cursor") ?? undefined);
      } while (cursor !== undefined);
      return found.filter((one) => one.month.startsWith(month));
    },
  });
