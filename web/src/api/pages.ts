/** For lists that are read on page by page: what `useInfiniteQuery` wants beside the generated options. */
export const onward = {
  initialPageParam: {},
  getNextPageParam: ({ next }: { next: string | null }): string | undefined =>
    next === null ? undefined : (new URL(next, location.origin).searchParams.get("cursor") ?? undefined),
};
