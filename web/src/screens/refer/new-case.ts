import type { CaseInRequest, MeOut, NeedsCode } from "@/api/gen";
import { codesOf, isCode } from "@/reference";

export interface NewCaseForm {
  bundle: string;
  how: "spoken" | "written";
  ageBand: string;
  sex: string;
  source: string;
  needs: string[];
}

type Bundle = NonNullable<NonNullable<CaseInRequest["consent"]>["bundle"]>;

/** A case of the seat from which the person works in a team; what was not said is left out. */
export const caseBody = (form: NewCaseForm, me: MeOut): CaseInRequest => {
  const seat = me.seats.find(({ team, organisation }) => team !== null && organisation !== null);
  const organisation = seat?.organisation ?? me.organisations[0]?.id ?? "";
  const items = { age_band: form.ageBand, sex: form.sex, referral_source: form.source };
  return {
    ...(seat?.team ? { team: seat.team } : {}),
    organisation,
    consent: {
      ...(isCode<Bundle>(form.bundle) ? { bundle: form.bundle } : {}),
      recipients: [{ organisation }],
      given_by: "person",
      how: form.how,
    },
    needs: codesOf<NeedsCode>(...form.needs),
    items: Object.fromEntries(Object.entries(items).filter(([, code]) => code !== "")),
    eligibility: true,
  };
};
