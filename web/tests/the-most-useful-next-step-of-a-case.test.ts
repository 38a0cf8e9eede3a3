import { describe, expect, it } from "vitest";
import type { CaseOut, ReferralRow } from "@/api/gen";
import { nextStep } from "@/screens/case/next-step";

const NOW = new Date("2026-11-23T10:00:00Z");
const HOUSING = { id: "n1", code: "housing", status: "open" };

const caseWith = (some: Partial<CaseOut>): CaseOut => ({
  id: "c1",
  code: "LO-AAAA-BBBB-C",
  spoken_name: "mirni potok",
  status: "active",
  urgency: "routine",
  team: "t1",
  holder: "o1",
  assigned_to: null,
  opened_on: "2026-11-01",
  review_due: null,
  triage_due_at: null,
  opened_by: "o1",
  triage_outcome: "",
  closure_reason: "",
  closed_on: null,
  version: 1,
  purpose: "holding_case",
  classes_open: [],
  items: {},
  needs: [HOUSING],
  merged_into: null,
  flags: [],
  notes: [],
  allowed_actions: ["edit", "refer", "close", "record_consent", "reveal"],
  redisclosure_notice: {},
  ...some,
});

const referral = (some: Partial<ReferralRow>): ReferralRow => ({
  id: "r1",
  code: "LO-AAAA-BBBB-C-R01",
  team: "t1",
  spoken_name: "mirni potok",
  service_code: "SO-SHE",
  urgency: "routine",
  status: "requested",
  business_status: "",
  due_at: null,
  overdue: false,
  requester: "o1",
  recipient: "o2",
  sent_at: "2026-11-20T10:00:00Z",
  needs_rerouting: false,
  side: "sent",
  created_at: "2026-11-20T10:00:00Z",
  version: 1,
  ...some,
});

const line = (id: string, code: string) => ({
  id,
  team: "t1",
  code,
  spoken_name: "mirni potok",
  service_code: "",
  urgency: "routine",
  status: "",
  due_at: "2026-11-30T10:00:00Z",
});

const step = (one: Partial<CaseOut>, referrals: ReferralRow[] = [], inbox = {}) =>
  nextStep({
    case: caseWith(one),
    referrals,
    inbox: { answered_not_acknowledged: [], expiring_consent: [], ...inbox },
    now: NOW,
  }).kind;

describe("the most useful next step of a case", () => {
  it("is the decision on a proposal, for who may decide, and patience for everybody else", () => {
    expect(step({ status: "proposed", allowed_actions: ["triage"] })).toBe("triage");
    expect(step({ status: "proposed", allowed_actions: [] })).toBe("wait-for-triage");
  });
  it("is a new consent when the old one ends, before anything else", () => {
    const inbox = { expiring_consent: [line("k1", "LO-AAAA-BBBB-C")] };
    expect(step({ review_due: "2026-11-01" }, [referral({ overdue: true })], inbox)).toBe("renew-consent");
    expect(step({}, [], { expiring_consent: [line("k1", "LO-OTHER")] })).toBe("refer");
  });
  it("is the answer to a referral that has been answered, and then one that is late", () => {
    const inbox = { answered_not_acknowledged: [line("r1", "LO-AAAA-BBBB-C-R01")] };
    expect(step({}, [referral({ status: "completed" })], inbox)).toBe("acknowledge");
    expect(step({}, [referral({ overdue: true })])).toBe("no-answer");
  });
  it("is the own answer to a referral that was received", () => {
    expect(step({}, [referral({ side: "received" })])).toBe("answer");
    expect(step({}, [referral({ side: "received", status: "accepted" })])).toBe("calm");
    expect(step({}, [referral({ side: "received", status: "accepted", overdue: true })])).toBe("no-answer");
  });
  it("is another way for a referral that nobody sees any more, and sending one that is only written", () => {
    expect(step({}, [referral({ needs_rerouting: true })])).toBe("reroute");
    expect(step({}, [referral({ status: "draft", sent_at: null })])).toBe("send");
    expect(step({}, [referral({ status: "failed", needs_rerouting: true })])).toBe("refer");
  });
  it("is the review on its day, for who can put down the next one", () => {
    expect(step({ review_due: "2026-11-23" })).toBe("review");
    expect(step({ review_due: "2026-11-24" })).toBe("refer");
    expect(step({ review_due: "2026-11-23", allowed_actions: [] })).toBe("calm");
  });
  it("is a referral for a need that has none, a need where none is, the end where all are met", () => {
    expect(step({})).toBe("refer");
    expect(step({}, [referral({})])).toBe("calm");
    expect(step({ needs: [] })).toBe("add-need");
    expect(step({ needs: [{ ...HOUSING, status: "met" }] })).toBe("close");
  });
  it("is another try for a need that no service met, after those that nobody tried", () => {
    const gap = { id: "n2", code: "employment", status: "gap" };
    expect(step({ needs: [gap] })).toBe("gap");
    expect(step({ needs: [gap, HOUSING] })).toBe("refer");
  });
  it("is never the end of a case whose needs do not show", () => {
    expect(step({ needs: [], allowed_actions: ["close"] })).toBe("calm");
  });
  it("of a case on hold is going on, after what cannot wait", () => {
    expect(step({ status: "on_hold", allowed_actions: ["resume"] })).toBe("resume");
    expect(step({ status: "on_hold", allowed_actions: [] })).toBe("on-hold");
    expect(step({ status: "on_hold" }, [referral({ overdue: true })])).toBe("no-answer");
  });
  it("of a closed case is an answer that waits, or opening it again", () => {
    const inbox = { answered_not_acknowledged: [line("r1", "LO-AAAA-BBBB-C-R01")] };
    const closed = { status: "closed", allowed_actions: ["reopen"] };
    expect(step(closed, [referral({ status: "completed" })], inbox)).toBe("acknowledge");
    expect(step(closed)).toBe("reopen");
    expect(step({ status: "closed", allowed_actions: [] })).toBe("closed");
  });
  it("of a merged case is the case that stayed", () => {
    expect(step({ status: "closed", merged_into: "c2", allowed_actions: [] })).toBe("merged");
  });
  it("offers nothing that the reader may not do", () => {
    expect(step({ allowed_actions: [] })).toBe("calm");
  });
});
