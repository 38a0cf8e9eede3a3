import type { ReferralsExportData } from "@/api/gen";
import type { ReferralsSearch } from "./search";

type Query = NonNullable<ReferralsExportData["query"]>;

const OPEN = ["draft", "requested", "accepted", "in-progress", "on-hold"] as const;

const statusOf = ({ status }: ReferralsSearch): Query => {
  if (status === "any") return {};
  return { status: status === undefined ? [...OPEN] : [status] };
};

/** The question to the service for what the address says: the same for the list and for the file. */
export const queryOf = (search: ReferralsSearch): Query => ({
  ...statusOf(search),
  ...(search.side === undefined ? {} : { side: search.side }),
  ...(search.urgency === undefined ? {} : { urgency: [search.urgency] }),
  ...(search.late === true ? { overdue: true } : {}),
});
