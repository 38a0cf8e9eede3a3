import type { CaseOut, InboxOut, ReferralRow } from "@/api/gen";

/** What is most useful to do with a case now; the words for it are the page's. */
export type NextStep =
  | { kind: "triage" | "wait-for-triage" | "resume" | "on-hold"; due: string | null }
  | { kind: "renew-consent"; due: string | null; consent: string }
  | { kind: "acknowledge" | "answer" | "reroute" | "no-answer" | "send"; referral: string }
  | { kind: "review"; due: string }
  | { kind: "refer" | "gap"; need: string }
  | { kind: "merged"; into: string }
  | { kind: "add-need" | "close" | "closed" | "reopen" | "calm" };

export interface Known {
  case: CaseOut;
  referrals: readonly ReferralRow[];
  /** It knows, without another reading of the case, which consents end soon and which answers wait. */
  inbox: Pick<InboxOut, "answered_not_acknowledged" | "expiring_consent"> | undefined;
  now: Date;
}

const LIVE = ["draft", "requested", "accepted", "in-progress", "on-hold"];
const MET = ["met", "withdrawn"];

const mayOf =
  ({ case: one }: Known) =>
  (action: string): boolean =>
    one.allowed_actions.includes(action);

/** An answer to a referral that was sent from this case, whose next step has yet to be said. */
const ofAnswers = ({ referrals, inbox }: Known): NextStep | undefined => {
  const answered = referrals.find(
    (one) => one.side === "sent" && inbox?.answered_not_acknowledged.some(({ id }) => id === one.id),
  );
  return answered && { kind: "acknowledge", referral: answered.id };
};

const ofReferrals = ({ referrals }: Known): NextStep | undefined => {
  const live = referrals.filter((one) => LIVE.includes(one.status));
  const sent = live.filter((one) => one.side === "sent");
  const asked = live.find((one) => one.side === "received" && one.status === "requested");
  if (asked !== undefined) return { kind: "answer", referral: asked.id };
  const lost = sent.find((one) => one.needs_rerouting);
  if (lost !== undefined) return { kind: "reroute", referral: lost.id };
  const late = live.find((one) => one.overdue);
  if (late !== undefined) return { kind: "no-answer", referral: late.id };
  const draft = sent.find((one) => one.status === "draft");
  return draft && { kind: "send", referral: draft.id };
};

const ofNeeds = (known: Known): NextStep | undefined => {
  const { needs } = known.case;
  const may = mayOf(known);
  if (needs.length === 0) return may("edit") ? { kind: "add-need" } : undefined;
  if (known.referrals.some((referral) => LIVE.includes(referral.status))) return undefined;
  const open = needs.find((need) => need.status === "open");
  if (open !== undefined && may("refer")) return { kind: "refer", need: open.code };
  const gap = needs.find((need) => need.status === "gap");
  if (gap !== undefined && may("refer")) return { kind: "gap", need: gap.code };
  return needs.every((need) => MET.includes(need.status)) && may("close") ? { kind: "close" } : undefined;
};

const ofConsent = (known: Known): NextStep | undefined => {
  const line = known.inbox?.expiring_consent.find(({ code }) => code === known.case.code);
  if (line === undefined || !mayOf(known)("record_consent")) return undefined;
  return { kind: "renew-consent", due: line.due_at, consent: line.id };
};

const ofReview = (known: Known): NextStep | undefined => {
  const { review_due } = known.case;
  const isDue = review_due !== null && review_due <= known.now.toISOString().slice(0, 10);
  return isDue && mayOf(known)("edit") ? { kind: "review", due: review_due } : undefined;
};

const ofClosed = (known: Known): NextStep => {
  const { merged_into } = known.case;
  if (merged_into !== null) return { kind: "merged", into: merged_into };
  return ofAnswers(known) ?? { kind: mayOf(known)("reopen") ? "reopen" : "closed" };
};

const ofHeld = (known: Known): NextStep => ({
  kind: mayOf(known)("resume") ? "resume" : "on-hold",
  due: known.case.review_due,
});

export const nextStep = (known: Known): NextStep => {
  const { status, triage_due_at } = known.case;
  if (status === "proposed") return { kind: mayOf(known)("triage") ? "triage" : "wait-for-triage", due: triage_due_at };
  if (status === "closed") return ofClosed(known);
  const found = ofConsent(known) ?? ofAnswers(known) ?? ofReferrals(known) ?? ofReview(known);
  if (found !== undefined) return found;
  return status === "on_hold" ? ofHeld(known) : (ofNeeds(known) ?? { kind: "calm" });
};
