import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import {
  type MemberOut,
  membersList,
  type OrganisationOut,
  organisationsList,
  type TeamOut,
  teamsList,
} from "@/api/gen";

const MOST = 100;

interface Page<Row> {
  next: string | null;
  results: Row[];
}

/** All pages of a list that is short by its nature. */
export const all = async <Row>(page: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> => {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const { next, results } = await page(cursor);
    rows.push(...results);
    cursor = next === null ? undefined : (new URL(next, location.origin).searchParams.get("cursor") ?? undefined);
  } while (cursor !== undefined);
  return rows;
};

const organisationsOptions = queryOptions({
  queryKey: ["names", "organisations"],
  queryFn: ({ signal }) =>
    all(async (cursor) => {
      const query = { page_size: MOST, ...(cursor === undefined ? {} : { cursor }) };
      return (await organisationsList({ query, signal, throwOnError: true })).data;
    }),
  staleTime: 300_000,
});

const teamsOptions = queryOptions({
  queryKey: ["names", "teams"],
  queryFn: ({ signal }) =>
    all(async (cursor) => {
      const query = { page_size: MOST, ...(cursor === undefined ? {} : { cursor }) };
      return (await teamsList({ query, signal, throwOnError: true })).data;
    }),
  staleTime: 300_000,
});

const peopleOptions = queryOptions({
  queryKey: ["names", "people"],
  queryFn: ({ signal }) =>
    all(async (cursor) => {
      const query = { live: true, page_size: MOST, ...(cursor === undefined ? {} : { cursor }) };
      return (await membersList({ query, signal, throwOnError: true })).data;
    }),
  staleTime: 300_000,
});

export const useOrganisations = (): OrganisationOut[] => useQuery(organisationsOptions).data ?? [];

/** What an organisation is called; nothing until the names have come. */
export const useOrganisationName = (): ((id: string | null) => string) => {
  const organisations = useOrganisations();
  return (id) => organisations.find((one) => one.id === id)?.name ?? "";
};

export const useTeams = (): TeamOut[] => useQuery(teamsOptions).data ?? [];

export const useTeamName = (): ((id: string | null) => string) => {
  const { i18n } = useLingui();
  const teams = useTeams();
  return (id) => {
    const team = teams.find((one) => one.id === id);
    if (team === undefined) return "";
    return { en: team.label_en, "sr-Latn": team.label_sr_latn }[i18n.locale] ?? team.label_sr_cyrl;
  };
};

/** Everybody whose name is open to me, each once. */
export const usePeople = (): MemberOut["user"][] => {
  const people = useQuery(peopleOptions).data ?? [];
  return [...new Map(people.map((one) => [one.user.id, one.user])).values()];
};

/** What a person is called; people of other organisations have no name here, by design. */
export const usePersonName = (): ((id: string | null) => string) => {
  const { t } = useLingui();
  const people = useQuery(peopleOptions).data ?? [];
  return (id) =>
    id === null ? "" : (people.find((one) => one.user.id === id)?.user.display_name ?? t`особа из друге организације`);
};
