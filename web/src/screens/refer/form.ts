import type { CaseOut, EntryOut, NeedOut, ReferralInRequest, ServiceOut } from "@/api/gen";
import { type GuardedValue, NOTHING_WRITTEN } from "@/guard";
import { isCode } from "@/reference";

/** What somebody has chosen. Empty stands for what is preset, so that a preset that comes later still counts. */
export interface Form {
  need: string;
  service: string;
  urgency: string;
  handover: string;
  note: GuardedValue;
  /** What was given to the service before, with or without a known end: asking again must not do it twice. */
  tried: Tried | null;
}

export interface Tried {
  body: ReferralInRequest;
  /** The draft that came of it, once that is known. */
  referral: string;
}

export const emptyForm = (service = ""): Form => ({
  need: "",
  service,
  urgency: "",
  handover: "",
  note: NOTHING_WRITTEN,
  tried: null,
});

const PLAIN_HANDOVER = "comes_with_card";
const OPEN_NEEDS: readonly string[] = ["open", "being_met", "gap"];

export const openNeeds = (one: CaseOut): NeedOut[] => one.needs.filter(({ status }) => OPEN_NEEDS.includes(status));

/** Whether services of this code meet the need: its typical ones, and those of its groups. */
export const meets = (code: string, need: EntryOut | undefined, group: string | undefined): boolean =>
  need !== undefined && (isTypical(code, need) || list(need.attributes.service_groups).includes(group ?? ""));

export const isTypical = (code: string, need: EntryOut | undefined): boolean =>
  list(need?.attributes.typical_services).includes(code);

const list = (text: string | undefined): string[] => (text ?? "").split(";").filter((one) => one !== "");

export interface Sought {
  service: ServiceOut | undefined;
  /** The code of the need with which somebody came here. */
  need: string;
}

/** The need that the referral is about when nobody has said: with which one came, else the one that the service is
 * for, else the first. */
export const presetNeed = (needs: readonly NeedOut[], { service, need }: Sought, all: readonly EntryOut[]) =>
  needs.find(({ code }) => code === need) ??
  (service === undefined
    ? undefined
    : needs.find(({ code }) =>
        isTypical(
          service.code,
          all.find((one) => one.code === code),
        ),
      )) ??
  needs[0];

/** The form as the service takes it, always unsent: see `outbox.ts`. */
export const bodyOf = (form: Form, found: { case: CaseOut; need: string }): ReferralInRequest => {
  const urgency = form.urgency || found.case.urgency;
  const handover = form.handover || PLAIN_HANDOVER;
  const { text, namesChecked } = form.note;
  return {
    case: found.case.id,
    service: form.service,
    ...(found.need === "" ? {} : { need: found.need }),
    ...(isCode<NonNullable<ReferralInRequest["urgency"]>>(urgency) ? { urgency } : {}),
    ...(isCode<NonNullable<ReferralInRequest["handover_mode"]>>(handover) ? { handover_mode: handover } : {}),
    ...(text.trim() === "" ? {} : { narrative: text, names_checked: namesChecked }),
    send: false,
  };
};

export const handoverOf = (form: Form): string => form.handover || PLAIN_HANDOVER;

export const sameBody = (one: ReferralInRequest, other: ReferralInRequest): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
