import { t } from "@lingui/core/macro";
import { useEffect, useSyncExternalStore } from "react";
import { asProblem, type Problem, queryClient } from "@/api";
import { type ReferralOut, referralsRetrieve, referralsSend } from "@/api/gen";
import { forget } from "@/drafts/store";
import { tell, tellWithUndo } from "@/ui";

/* A referral waits here for ten seconds, so that a slip of the finger can be taken back before anybody has seen it.
 *
 * It is a draft at the service already. Held in the browser alone it would be lost with the tab; sent at once and
 * cancelled, the recipient would have seen it and keeps a stub of it. So the worst that can happen is a draft that was
 * not sent: it stands under "not sent yet" for everybody at the requester, and nothing of it is in a browser only.
 * Whoever leaves (another tab, a locked telephone, a closed window) is not there to press "undo": it goes at once,
 * by a request that outlives the page. Sending twice does nothing: from `requested` there is no step `send`. */

const SECONDS = 10;

export interface Held {
  referral: ReferralOut;
  phase: "held" | "sending" | "sent" | "failed";
  /** When it goes by itself. */
  goesAt: number;
  problem?: Problem;
}

const held = new Map<string, Held>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const places = new Map<string, string>();
const watched = new Set<string>();
const listeners = new Set<() => void>();

const put = (one: Held): void => {
  held.set(one.referral.id, one);
  for (const listener of listeners) listener();
};

/** Keep a draft back for ten seconds, then send it. `place` is where the browser keeps the form it came from. */
export const hold = (referral: ReferralOut, place: string): void => {
  const { id } = referral;
  places.set(id, place);
  if (referral.status !== "draft") return done(referral);
  put({ referral, phase: "held", goesAt: Date.now() + SECONDS * 1000 });
  timers.set(
    id,
    setTimeout(() => void send(id), SECONDS * 1000),
  );
};

/** Take it back: it stays a draft. False when it has gone already. */
export const takeBack = (id: string): boolean => {
  const { phase } = held.get(id) ?? {};
  if (phase !== "held" && phase !== "failed") return false;
  clearTimeout(timers.get(id));
  held.delete(id);
  for (const listener of listeners) listener();
  return true;
};

const done = (referral: ReferralOut): void => {
  const place = places.get(referral.id);
  if (place !== undefined) void forget(place);
  put({ referral, phase: "sent", goesAt: 0 });
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isMoved(queryKey[0]) });
};

const MOVED: readonly unknown[] = ["referralsList", "referralsRetrieve", "inboxRetrieve", "meRetrieve", "referrals"];
const isMoved = (first: unknown): boolean =>
  MOVED.includes(typeof first === "object" && first !== null && "_id" in first ? first._id : first);

/** Send what is held, now. After a lost answer the referral itself says whether it has gone. */
export const send = async (id: string): Promise<void> => {
  const one = held.get(id);
  if (one === undefined || one.phase === "sending" || one.phase === "sent") return;
  clearTimeout(timers.get(id));
  put({ ...one, phase: "sending" });
  try {
    done((await referralsSend({ path: { id }, keepalive: true, throwOnError: true })).data);
  } catch (error) {
    await afterRefusal(one, asProblem(error));
  }
};

const afterRefusal = async (one: Held, problem: Problem): Promise<void> => {
  const { id } = one.referral;
  const now = problem.status === 409 ? await referralsRetrieve({ path: { id } }) : undefined;
  if (now?.data !== undefined && now.data.status !== "draft") return done(now.data);
  put({ ...one, phase: "failed", problem });
  if (!watched.has(id)) tell(t`Упут ${one.referral.code} није послат. Чека Вас под „Нови упут“.`);
};

const sendAll = (): void => {
  for (const [id, { phase }] of held) if (phase === "held") void send(id);
};
const sendAgain = (): void => {
  for (const [id, { phase, problem }] of held) if (phase === "failed" && problem?.status === 0) void send(id);
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
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => held.get(id),
  );
};
