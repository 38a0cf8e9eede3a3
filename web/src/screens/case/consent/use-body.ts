import { useQueryClient } from "@tanstack/react-query";
import type { ConsentNewRequest, ConsentPurposesCode, DataClassesCode } from "@/api/gen";
import { servicesListOptions } from "@/api/gen/@tanstack/react-query.gen";
import type { GuardedValue } from "@/guard";
import { useEntries, useOrganisations } from "@/reference";
import { useCodeOf } from "../codes";
import type { ConsentForm } from "./form";
import { classesFor, classesOfBundle, purposesOfBundle } from "./terms";

const MOST = 100;
const kept = <Value>(value: Value | undefined): value is Value => value !== undefined;

const remarkOf = ({ text, namesChecked }: GuardedValue) =>
  text.trim() === "" ? {} : { remark: text, ...(namesChecked ? { names_checked: true } : {}) };

/** The body of the request for what the form holds: a bundle alone, or, with something ticked beside it, all in full. */
export const useConsentBody = (): ((form: ConsentForm) => Promise<ConsentNewRequest>) => {
  const client = useQueryClient();
  const organisations = useOrganisations();
  const classes = useEntries("data_classes");
  const services = useEntries("services");
  const bundles = useEntries("consent_bundles");
  const asClass = useCodeOf<DataClassesCode>("data_classes");
  const asPurpose = useCodeOf<ConsentPurposesCode>("consent_purposes");

  const givenBy = async (organisation: string): Promise<string[]> => {
    const query = { organisation, page_size: MOST };
    return (await client.fetchQuery(servicesListOptions({ query }))).results.map(({ code }) => code);
  };
  const recipient = async (organisation: string, of: string[], ticked: DataClassesCode[]) => {
    const sector = organisations.find(({ id }) => id === organisation)?.sector ?? "";
    const worker = { sector, gives: await givenBy(organisation) };
    const own = classesFor(worker, of, { classes, services }).map(asClass).filter(kept);
    return { organisation, data_classes: [...own, ...ticked] };
  };

  return async ({ bundle, recipients, given_by, how, need, violence, narrative, remark }) => {
    const said = { given_by, how, ...(need === null ? {} : { need }), ...remarkOf(remark) };
    const ticked = [violence ? ("violence" as const) : undefined, narrative ? ("narrative" as const) : undefined];
    const more = ticked.filter(kept);
    if (more.length === 0) return { ...said, bundle, recipients: recipients.map((organisation) => ({ organisation })) };
    const entry = bundles.find(({ code }) => code === bundle);
    const plain = classesOfBundle(entry);
    return {
      ...said,
      purposes: purposesOfBundle(entry).map(asPurpose).filter(kept),
      data_classes: [...plain.map(asClass).filter(kept), ...more],
      recipients: await Promise.all(recipients.map((one) => recipient(one, plain, more))),
    };
  };
};
