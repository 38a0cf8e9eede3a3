import { queryOptions } from "@tanstack/react-query";
import { type ServiceOut, servicesList, type ServicesListData } from "@/api/gen";
import { all } from "@/reference/names";

export type ServicesQuery = NonNullable<ServicesListData["query"]>;

/** All services that fit, page after page: a town has some fifty. */
export const servicesOptions = (wanted: ServicesQuery) =>
  queryOptions({
    queryKey: ["directory", "services", wanted],
    queryFn: ({ signal }) =>
      all<ServiceOut>(async (cursor) => {
        const query = { ...wanted, is_active: true, page_size: 100, ...(cursor === undefined ? {} : { cursor }) };
        return (await servicesList({ query, signal, throwOnError: true })).data;
      }),
    staleTime: 60_000,
  });
