import { t } from "@lingui/core/macro";
import { useEffect, useSyncExternalStore } from "react";
import { type Problem, queryClient } from "@/api";
import { type ReferralOut, referralsRetrieve, referralsSend } from "@/api/gen";
import { forget } from "@/drafts/store";
import { tell, tellWithUndo } from "@/ui";
import { drop, held, type Held, listen, put } from "./held";
import { type Line, pauseAfter, tryToSend } from "./try-to-send";

/* A referral waits here for ten seconds, so that a slip of the finger can be taken back before anybody has seen it.
 *
 * It is a draft at the service already. Held in the browser alone it would be lost with the tab; sent at once and
 * cancelled, the recipient would have seen it and keeps a stub of it. So the worst that can happen is a draft that was
 * not sent: it stands under "not sent yet" for everybody at the requester, and nothing of it is in a browser only.
 * Whoever leaves (another tab, a locked telephone, a closed window) is not there to press "undo": it goes at once,
 * by a request that outlives the page. Sending twice does nothing: from `requested` there is no step `send`. So where
 * the answer is lost, the same is asked again until the truth is known, and nobody is told that it did not go. */

const SECONDS = 10;

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const places = new Map<string, string>();
const watched = new Set<string>();

/** Keep a draft back for ten seconds, then send it. `place` is where the browser keeps the form it came from. */
export const hold = (referral: ReferralOut, place: string): void => {
  const { id } = referral;
  places.set(id, place);
  if (referral.status !== "draft") return done(referral);
  put({ referral, phase: "held", goesAt: Date.now() + SECONDS * 1000, lost: 0 });
  sendAfter(id, SECONDS);
};

const sendAfter = (id: string, seconds: number): void => {
  timers.set(
    id,
    setTimeout(() => void send(id), seconds * 1000),
  );
};

/** Take it back: it stays a draft. False when it has gone already. */
export const takeBack = (id: string): boolean => {
  const { phase } = held.get(id) ?? {};
  if (phase !== "held" && phase !== "failed") return false;
  clearTimeout(timers.get(id));
  drop(id);
  return true;
};

const done = (referral: ReferralOut): void => {
  const place = places.get(referral.id);
  if (place !== undefined) void forget(place);
  const { id, code } = referral;
  if (held.get(id)?.phase === "unknown" && !watched.has(id)) tell(t`Упут ${code} је послат.`);
  put({ referral, phase: "sent", goesAt: 0, lost: 0 });
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isMoved(queryKey[0]) });
};

const MOVED: readonly unknown[] = ["referralsList", "referralsRetrieve", "inboxRetrieve", "meRetrieve", "referrals"];
const isMoved = (first: unknown): boolean =>
  MOVED.includes(typeof first === "object" && first !== null && "_id" in first ? first._id : first);

const lineOf = (id: string): Line => ({
  send: async () => (await referralsSend({ path: { id }, keepalive: true, throwOnError: true })).data,
  look: async () => (await referralsRetrieve({ path: { id }, throwOnError: true })).data,
});
const busy = new Set<string>();

/** Send what is held, now. While it is not known whether it went, it is asked again. */
export const send = async (id: string): Promise<void> => {
  const one = held.get(id);
  if (one === undefined || one.phase === "sent" || busy.has(id)) return;
  clearTimeout(timers.get(id));
  busy.add(id);
  if (one.lost === 0) put({ ...one, phase: "sending" });
  const outcome = await tryToSend(lineOf(id), one.lost > 0);
  busy.delete(id);
  if (outcome.phase === "sent") return done(outcome.referral);
  put({ ...one, ...outcome, lost: outcome.phase === "unknown" ? one.lost + 1 : 0 });
  if (outcome.phase === "unknown") again(id, outcome.problem, one.lost);
  if (!watched.has(id) && one.lost === 0) tell(notSent(outcome.phase, one.referral.code));
};

const again = (id: string, problem: Problem, tries: number): void => {
  const seconds = pauseAfter(problem, tries);
  if (seconds !== undefined) sendAfter(id, seconds);
};

const notSent = (phase: "failed" | "unknown", code: string): string =>
  phase === "failed"
    ? t`Упут ${code} није послат. Чека Вас под „Нови упут“.`
    : t`Још се не зна да ли је упут ${code} послат. Покушавамо поново.`;

const sendAll = (): void => {
  for (const [id, { phase }] of held) if (phase === "held") void send(id);
};
const sendAgain = (): void => {
  for (const [id, { phase }] of held) if (phase === "unknown") void send(id);
};
addEventListener("pagehide", sendAll);
document.addEventListener("visibilitychange", () => document.hidden && sendAll());
addEventListener("online", sendAgain);

const leave = (id: string): void => {
  const one = held.get(id);
  if (watched.has(id) || one?.phase !== "held") return;
  const seconds = Math.max(0, (one.goesAt - Date.now()) / 1000);
  const run = () => takeBack(id) && tell(t`Упут није послат. Чека Вас под „Нови упут“.`);
  tellWithUndo(t`Упут се шаље`, { label: t`Опозови`, seconds, run });
};

/** What has become of a referral, for the page that shows it. Once that page is left, a toast offers the undo. */
export const useHeld = (id: string): Held | undefined => {
  useEffect(() => {
    watched.add(id);
    return () => {
      watched.delete(id);
      setTimeout(() => leave(id));
    };
  }, [id]);
  return useSyncExternalStore(listen, () => held.get(id));
};
