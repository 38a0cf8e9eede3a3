import { useQuery } from "@tanstack/react-query";
import type { OrganisationOut, ReferralOut, ServiceOut } from "@/api/gen";
import { servicesRetrieveOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useOrganisations } from "@/reference";

export interface Destination {
  from: OrganisationOut | undefined;
  to: OrganisationOut | undefined;
  service: ServiceOut | undefined;
  phone: string;
  /** Everything has come that will be on the paper. */
  ready: boolean;
}

/** From where and to where somebody is sent. */
export const useDestination = ({ requester, recipient, service }: ReferralOut): Destination => {
  const organisations = useOrganisations();
  const entry = useQuery({ ...servicesRetrieveOptions({ path: { id: service ?? "" } }), enabled: service !== null });
  const to = organisations.find((one) => one.id === recipient);
  return {
    from: organisations.find((one) => one.id === requester),
    to,
    service: entry.data,
    phone: entry.data?.phone || to?.phone || "",
    ready: organisations.length > 0 && (service === null || !entry.isPending),
  };
};
