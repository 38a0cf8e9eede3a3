import type { CaseOut, InboxOut, ReferralRow } from "@/api/gen";

/** What is most useful to do with a case now; the words for it are the page's. */
export type NextStep =
  | { kind: "triage" | "wait-for-triage"; due: string | null }
  | { kind: "renew-consent"; due: string | null; consent: string }
  | { kind: "acknowledge" | "no-answer"; referral: string }
  | { kind: "review"; due: string }
  | { kind: "refer"; need: string }
  | { kind: "add-need" | "resume" | "close" | "reopen" | "calm" };

export interface Known {
  case: CaseOut;
  referrals: readonly ReferralRow[];
  /** It knows, without another reading of the case, which consents end soon and which answers wait. */
  inbox: Pick<InboxOut, "answered_not_acknowledged" | "expiring_consent"> | undefined;
  now: Date;
}

const LIVE = ["draft", "requested", "accepted", "in-progress", "on-hold"];
const MET = ["met", "withdrawn"];

const ofReferrals = ({ referrals, inbox }: Known): NextStep | undefined => {
  const sent = referrals.filter((one) => one.side === "sent");
  const answered = inbox?.answered_not_acknowledged.find(({ id }) => sent.some((one) => one.id === id));
  if (answered !== undefined) return { kind: "acknowledge", referral: answered.id };
  const late = sent.find((one) => one.overdue && LIVE.includes(one.status));
  return late === undefined ? undefined : { kind: "no-answer", referral: late.id };
};

const ofNeeds = ({ case: one, referrals }: Known): NextStep | undefined => {
  const may = (action: string): boolean => one.allowed_actions.includes(action);
  const open = one.needs.find((need) => need.status === "open");
  const live = referrals.some((referral) => LIVE.includes(referral.status));
  if (open !== undefined && !live && may("refer")) return { kind: "refer", need: open.code };
  if (one.needs.length === 0 && may("edit")) return { kind: "add-need" };
  if (one.needs.every((need) => MET.includes(need.status)) && !live && may("close")) return { kind: "close" };
  return undefined;
};

const ofConsent = ({ case: one, inbox }: Known): NextStep | undefined => {
  const line = inbox?.expiring_consent.find(({ code }) => code === one.code);
  if (line === undefined || !one.allowed_actions.includes("record_consent")) return undefined;
  return { kind: "renew-consent", due: line.due_at, consent: line.id };
};

const ofReview = ({ case: one, now }: Known): NextStep | undefined =>
  one.review_due !== null && one.review_due <= now.toISOString().slice(0, 10)
    ? { kind: "review", due: one.review_due }
    : undefined;

export const nextStep = (known: Known): NextStep => {
  const one = known.case;
  const may = (action: string): boolean => one.allowed_actions.includes(action);
  if (one.status === "proposed") return { kind: may("triage") ? "triage" : "wait-for-triage", due: one.triage_due_at };
  if (one.status === "closed") return { kind: may("reopen") ? "reopen" : "calm" };
  const found = ofConsent(known) ?? ofReferrals(known) ?? ofReview(known);
  if (found !== undefined) return found;
  if (one.status === "on_hold") return { kind: may("resume") ? "resume" : "calm" };
  return ofNeeds(known) ?? { kind: "calm" };
};
