import { expect, test } from "vitest";
import { Problem } from "@/api";
import type { ReferralOut } from "@/api/gen";
import { pauseAfter, tryToSend } from "@/screens/refer/try-to-send";

const referral = (status: string) => ({ id: "r", status }) as ReferralOut;
const problem = (status: number, retryAfter = 0) => new Problem(status, "", "", "", [], retryAfter);
const says = (answer: ReferralOut | Problem) => () =>
  answer instanceof Problem ? Promise.reject(answer) : Promise.resolve(answer);
const line = (send: ReferralOut | Problem, look: ReferralOut | Problem = problem(0)) => ({
  send: says(send),
  look: says(look),
});

test("without an answer nobody knows, and a service that broke down may have done it too", async () => {
  for (const status of [0, 500, 503]) expect((await tryToSend(line(problem(status)), false)).phase).toBe("unknown");
});

test("a plain refusal of the first try is the truth", async () => {
  expect((await tryToSend(line(problem(422)), false)).phase).toBe("failed");
});

test("after a lost answer a refusal says nothing: the referral itself is asked", async () => {
  for (const status of [401, 409, 429]) {
    const refused = problem(status);
    expect((await tryToSend(line(refused, referral("requested")), true)).phase).toBe("sent");
    expect((await tryToSend(line(refused, referral("draft")), true)).phase).toBe("failed");
    expect((await tryToSend(line(refused, problem(401)), true)).phase).toBe("unknown");
  }
});

test("where the state allows no sending any more it is asked as well", async () => {
  expect((await tryToSend(line(problem(409), referral("accepted")), false)).phase).toBe("sent");
});

test("it is asked again ever more slowly, and not at all where only the person can help", () => {
  expect([0, 1, 2, 3, 4, 9].map((tries) => pauseAfter(problem(0), tries))).toEqual([2, 4, 8, 16, 30, 30]);
  expect(pauseAfter(problem(503, 60), 0)).toBe(60);
  expect(pauseAfter(problem(401), 0)).toBeUndefined();
});
