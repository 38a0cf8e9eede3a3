import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { MeOut } from "@/api/gen";
import { meRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";

export const meOptions = queryOptions({ ...meRetrieveOptions(), staleTime: 60_000 });

/** Who is signed in. Only below the route that has asked already. */
export const useMe = (): MeOut => useSuspenseQuery(meOptions).data;

/** Whether a permission is held in any team: decides what is offered, never what is allowed. */
export const may = (me: MeOut, permission: string): boolean => me.may.includes(permission);
