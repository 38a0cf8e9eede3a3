import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { type EntryOut, referenceRetrieve } from "@/api/gen";
import { queryClient } from "@/api";

/** A code list of the service. It changes with a release of the service only, so one asking a visit is enough. */
export const listOptions = (list: string) =>
  queryOptions({
    queryKey: ["reference", list],
    queryFn: async ({ signal }) =>
      (await referenceRetrieve({ path: { list }, signal, throwOnError: true })).data.entries,
    staleTime: Infinity,
    gcTime: Infinity,
  });

const NONE: readonly EntryOut[] = [];

/** The entries of a list in its own order; none until it has come. */
export const useEntries = (list: string): readonly EntryOut[] => useQuery(listOptions(list)).data ?? NONE;

/** For loaders of routes: have these lists before the page is drawn, so that no code is ever seen bare. */
export const loadLists = async (...lists: string[]): Promise<void> => {
  await Promise.all(lists.map((list) => queryClient.ensureQueryData(listOptions(list))));
};

export type Label = (code: string, item?: string) => string;

/** What a code is called, in the language shown; the code itself where the list does not know it. */
export const useLabel = (list: string): Label => {
  const { i18n } = useLingui();
  const entries = useEntries(list);
  const { locale } = i18n;
  return useCallback(
    (code, item) => {
      const found = entries.find((one) => one.code === code && (item === undefined || one.item === item));
      return found?.labels[locale] ?? code;
    },
    [entries, locale],
  );
};

export interface Option {
  value: string;
  label: string;
}

/** A list as choices, those that `keep` lets through. */
export const useOptions = (list: string, keep: (entry: EntryOut) => boolean = () => true): Option[] => {
  const { i18n } = useLingui();
  return useEntries(list)
    .filter(keep)
    .map((one) => ({ value: one.code, label: one.labels[i18n.locale] ?? one.code }));
};
