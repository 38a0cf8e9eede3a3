import * as z from "zod/mini";
import { auth } from "./auth";
import { factorsOf, type Kind, kindsAmong, kindsOf } from "./factors";

/** Where somebody stands on the way in. */
export type Step =
  | { step: "password" }
  /** Show a factor that one has: to come in, or once more in a session that is open. */
  | { step: "factor"; kinds: Kind[]; again: boolean }
  /** There is none yet; `kinds` are those that open the door for one's roles. */
  | { step: "add"; kinds: Kind[] }
  | { step: "in"; person: string };

const person = z.object({ id: z.string() });

/** A session in which the role wants a passkey and only a code was shown. */
const keyWanted = async (): Promise<Step> => {
  const has = kindsOf(await factorsOf());
  return has.includes("webauthn")
    ? { step: "factor", kinds: ["webauthn"], again: true }
    : { step: "add", kinds: ["webauthn"] };
};

/** What the session is now decides what is shown next: it is asked anew after each step. */
export const look = async (): Promise<Step> => {
  const me = await auth("GET", "/api/v1/me");
  const found = person.safeParse(me.body);
  if (me.status === 200 && found.success) return { step: "in", person: found.data.id };
  const session = await auth("GET", "auth/session");
  if (session.status === 200)
    return me.code === "security_key_required" ? keyWanted() : { step: "add", kinds: ["webauthn", "totp"] };
  const pending = session.flows.find((one) => one.id === "mfa_authenticate" && one.is_pending === true);
  if (pending === undefined) return { step: "password" };
  return { step: "factor", kinds: kindsAmong(pending.types ?? []), again: false };
};
