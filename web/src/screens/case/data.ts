import { queryOptions } from "@tanstack/react-query";
import { casesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";

/** Each asking of a case is a reading that is written down: it is not asked for again just because the window is
 * looked at again. What changes the case asks for it anew. */
export const caseOptions = (id: string) =>
  queryOptions({
    ...casesRetrieveOptions({ path: { id } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** The same for the parts of a case that are opened one by one. */
export const readOnce = { staleTime: 60_000, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false };
