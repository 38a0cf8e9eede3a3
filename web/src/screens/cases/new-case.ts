import * as z from "zod/mini";
import type { CaseInRequest, NeedsCode, UrgenciesCode } from "@/api/gen";
import { useCodeOf } from "../case/codes";
import { consentForm } from "../case/consent/form";

export const newCaseForm = z.extend(consentForm, {
  needs: z.array(z.string()).check(z.minLength(1)),
  urgency: z.string(),
  items: z.record(z.string(), z.unknown()),
  eligible: z.boolean(),
});

export type NewCaseForm = z.infer<typeof newCaseForm>;

type Body = Omit<CaseInRequest, "consent">;

/** What the form says, without the consent. Who may not open a case proposes it. */
export const useCaseBody = () => {
  const asNeed = useCodeOf<NeedsCode>("needs");
  const asUrgency = useCodeOf<UrgenciesCode>("urgencies");
  return (form: NewCaseForm, opens: boolean, team: string | null, organisation: string | undefined): Body => {
    const urgency = asUrgency(form.urgency);
    const items = Object.entries(form.items).filter(([, value]) => value !== null && value !== undefined);
    return {
      ...(team === null ? {} : { team }),
      ...(organisation === undefined ? {} : { organisation }),
      needs: form.needs.map(asNeed).filter((code) => code !== undefined),
      ...(urgency === undefined ? {} : { urgency }),
      items: Object.fromEntries(items),
      ...(opens ? { eligibility: form.eligible } : { propose: true }),
    };
  };
};
