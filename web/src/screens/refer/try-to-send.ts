import { asProblem, type Problem } from "@/api";
import type { ReferralOut } from "@/api/gen";
import { isUncertain } from "./write-draft";

/** What is known of a referral after a try to send it. `unknown`: the service may have done it, and could not say so. */
export type Outcome = { phase: "sent"; referral: ReferralOut } | { phase: "failed" | "unknown"; problem: Problem };

export interface Line {
  send: () => Promise<ReferralOut>;
  look: () => Promise<ReferralOut>;
}

/** Try once. A refusal is only believed when no try before it was left without an answer: otherwise, and where the
 * state allows no sending any more, the referral itself is asked. */
export const tryToSend = async (line: Line, wasUnknown: boolean): Promise<Outcome> => {
  try {
    return { phase: "sent", referral: await line.send() };
  } catch (error) {
    const problem = asProblem(error);
    if (isUncertain(problem)) return { phase: "unknown", problem };
    return wasUnknown || problem.status === 409 ? lookedAt(line, problem) : { phase: "failed", problem };
  }
};

const lookedAt = async ({ look }: Line, problem: Problem): Promise<Outcome> => {
  try {
    const referral = await look();
    return referral.status === "draft" ? { phase: "failed", problem } : { phase: "sent", referral };
  } catch (error) {
    return { phase: "unknown", problem: asProblem(error) };
  }
};

const FIRST = 2;
const LONGEST = 30;

/** How many seconds to wait before asking again: twice as long each time. Nothing where only the person can help. */
export const pauseAfter = (problem: Problem, tries: number): number | undefined =>
  isUncertain(problem) ? Math.max(problem.retryAfter, Math.min(LONGEST, FIRST * 2 ** tries)) : undefined;
