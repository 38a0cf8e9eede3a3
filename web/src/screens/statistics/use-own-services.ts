import { useQueries } from "@tanstack/react-query";
import { servicesListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries } from "@/reference";
import { useMe } from "@/session/me";
import { itemsOf } from "./tallies";

/** The services of one's own organisations, those of which something is counted. */
export const useOwnServices = () => {
  const me = useMe();
  const items = useEntries("tally_items");
  const asked = useQueries({
    queries: me.organisations.map(({ id }) => servicesListOptions({ query: { organisation: id, page_size: 100 } })),
  });
  const all = asked.flatMap(({ data }) => data?.results ?? []);
  return {
    all,
    counted: all.filter(({ code, is_active }) => is_active && itemsOf(items, code).length > 0),
    waits: asked.some((one) => one.isLoading),
    error: asked.find((one) => one.isError)?.error ?? undefined,
  };
};
