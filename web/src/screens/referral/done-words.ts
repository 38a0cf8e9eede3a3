import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { HAPPENED } from "./event-words";

/** The steps as the audit calls them. */
const DONE: Record<string, string> = {
  drafted: "draft",
  edited: "edit",
  sent: "send",
  accepted: "accept",
  rejected: "reject",
  started: "start",
  progressed: "progress",
  held: "hold",
  resumed: "resume",
  completed: "complete",
  failed: "fail",
  cancelled: "cancel",
  acknowledged: "acknowledge",
  followed_up: "follow-up",
  asked: "ask",
  replied: "reply",
  phoned: "phoned",
  undone: "undo",
  corrected: "correct",
  correction_asked: "correct",
  lapsed: "lapse",
};

/** What was done, for a verb of the audit such as `referral.accepted`. */
export const useDone = (): ((verb: string) => string) => {
  const { i18n } = useLingui();
  return (verb) => i18n._(HAPPENED[DONE[verb.replace("referral.", "")] ?? ""] ?? msg`Измењен је упут`);
};
