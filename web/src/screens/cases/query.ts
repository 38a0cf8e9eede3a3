import type { CasesExportData, MeOut } from "@/api/gen";
import type { CasesSearch } from "./search";

type Query = NonNullable<CasesExportData["query"]>;

const OPEN = ["proposed", "active", "on_hold"] as const;
/** The service searches from two characters on. */
const SHORTEST = 2;

const whoseOf = (search: CasesSearch, me: MeOut): Query => {
  if (search.whose === "all") return search.holder === undefined ? {} : { holder: search.holder };
  const own = me.organisations[0];
  if (search.whose === "organisation" && own !== undefined) return { holder: own.id };
  return { assigned_to: me.id };
};

const statusOf = ({ status }: CasesSearch): Query => {
  if (status === "any") return {};
  return { status: status === undefined ? [...OPEN] : [status] };
};

/** The question to the service for what the address says: the same for the list and for the file. */
export const queryOf = (search: CasesSearch, me: MeOut): Query => {
  const q = search.q?.trim() ?? "";
  return {
    ...whoseOf(search, me),
    ...statusOf(search),
    ...(search.urgency === undefined ? {} : { urgency: [search.urgency] }),
    ...(q.length < SHORTEST ? {} : { q }),
  };
};
