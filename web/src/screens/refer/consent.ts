import type { ConsentNewRequest, DataClassesCode, EntryOut, ServiceOut } from "@/api/gen";
import { codesOf, isCode } from "@/reference";

export interface Agreed {
  bundle: string;
  givenBy: string;
  how: "written" | "spoken";
}

interface Between {
  service: Pick<ServiceOut, "organisation" | "code">;
  holder: string;
  /** The class that the service itself reveals. */
  serviceClass: string;
}

/** What the person has agreed to, by one of the three bundles. The partner stands first: with the holder before it, a
 * referral to the holder for the same need would have to end before this one may go. */
export const consentOf = ({ bundle, givenBy, how }: Agreed, { service, holder }: Between): ConsentNewRequest => {
  const partner = { organisation: service.organisation, service: codeOf(service) };
  const alone = bundle === "this_service" || holder === service.organisation;
  return {
    ...(isCode<NonNullable<ConsentNewRequest["bundle"]>>(bundle) ? { bundle } : {}),
    recipients: alone ? [partner] : [partner, { organisation: holder }],
    ...(isCode<NonNullable<ConsentNewRequest["given_by"]>>(givenBy) ? { given_by: givenBy } : {}),
    how,
  };
};

/** A note is in no bundle: it is agreed to by itself, for this partner alone, with no more than the referral needs. */
export const consentWithNote = (
  { givenBy, how }: Agreed,
  { service, serviceClass }: Between,
  plain: readonly string[],
): ConsentNewRequest => ({
  purposes: ["referral", "outcome_feedback"],
  data_classes: codesOf<DataClassesCode>(...new Set([...plain, serviceClass, "narrative"])),
  recipients: [{ organisation: service.organisation, service: codeOf(service) }],
  ...(isCode<NonNullable<ConsentNewRequest["given_by"]>>(givenBy) ? { given_by: givenBy } : {}),
  how,
});

/** The plain classes that an organisation of this sector gets by default. */
export const plainClasses = (sector: string, classes: readonly EntryOut[]): string[] =>
  classes
    .filter(({ code, attributes }) => {
      const sectors = (attributes.default_recipient_sectors ?? "").split(";");
      return ["basic_profile", "needs"].includes(code) && sectors.includes(sector);
    })
    .map(({ code }) => code);

type ServiceCode = NonNullable<ConsentNewRequest["recipients"][number]["service"]>;
const codeOf = ({ code }: Pick<ServiceOut, "code">): ServiceCode => {
  if (!isCode<ServiceCode>(code)) throw new Error("a service without its code");
  return code;
};
