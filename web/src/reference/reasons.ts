import type { ReferralReasonsCode } from "@/api/gen";
import { useLabel, useEntries } from "./lists";

/** Set by the service alone, when what a referral rests on ends. */
const OF_THE_SERVICE: readonly string[] = ["consent-withdrawn", "agreement-lapsed", "consent-lapsed"];
const isReason = (code: string): code is ReferralReasonsCode => !OF_THE_SERVICE.includes(code);

/** The reasons a person may give for an ending. Wants the list `referral_reasons`. */
export const useReasons = (status: string): { value: ReferralReasonsCode; label: string }[] => {
  const label = useLabel("referral_reasons");
  return useEntries("referral_reasons")
    .filter((one) => one.attributes.applies_to?.split(";").includes(status))
    .map((one) => one.code)
    .filter(isReason)
    .map((value) => ({ value, label: label(value) }));
};
