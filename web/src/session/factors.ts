import * as z from "zod/mini";
import { auth, authInside } from "./auth";
import { makeKey, showKey } from "./passkey";

/** What may be shown at the door: a key, a code of an app, or one of the codes kept for a lost factor. */
const KINDS = ["webauthn", "totp", "recovery_codes"] as const;
export type Kind = (typeof KINDS)[number];

const factorShape = z.object({
  type: z.string(),
  id: z.optional(z.number()),
  name: z._default(z.string(), ""),
  created_at: z.optional(z.number()),
  last_used_at: z.nullish(z.number()),
  unused_code_count: z.optional(z.number()),
});
export type Factor = z.infer<typeof factorShape>;

const FACTORS = "account/authenticators";
const list = z.array(factorShape);
const seed = z.object({ secret: z.string(), totp_url: z.string() });
const codes = z.object({ unused_codes: z.array(z.string()) });

export const factorsOf = async (): Promise<Factor[]> => list.parse((await authInside("GET", FACTORS)).data);

export const kindsAmong = (types: readonly string[]): Kind[] => KINDS.filter((kind) => types.includes(kind));

export const kindsOf = (factors: readonly Factor[]): Kind[] => kindsAmong(factors.map(({ type }) => type));

/** Show a code from the app, or one of those for a lost factor. */
export const showCode = async (code: string, again: boolean): Promise<void> => {
  await auth("POST", again ? "auth/2fa/reauthenticate" : "auth/2fa/authenticate", { code: code.replace(/\s/g, "") });
};

export const showPasskey = async (again: boolean): Promise<void> => {
  const path = again ? "auth/webauthn/reauthenticate" : "auth/webauthn/authenticate";
  const { data } = await auth("GET", path);
  await auth("POST", path, { credential: await showKey(data) });
};

/** A new secret for an app, to be proven by its first code. Undefined when there is one already. */
export const offerTotp = async (): Promise<z.infer<typeof seed> | undefined> => {
  const { meta } = await authInside("GET", `${FACTORS}/totp`);
  const found = seed.safeParse(meta);
  return found.success ? found.data : undefined;
};

export const addTotp = (code: string) => authInside("POST", `${FACTORS}/totp`, { code: code.replace(/\s/g, "") });

export const addPasskey = async (name: string): Promise<void> => {
  const { data } = await authInside("GET", `${FACTORS}/webauthn`);
  await authInside("POST", `${FACTORS}/webauthn`, { name, credential: await makeKey(data) });
};

export const removeFactor = ({ type, id }: Factor) =>
  type === "totp"
    ? authInside("DELETE", `${FACTORS}/totp`)
    : authInside("DELETE", `${FACTORS}/webauthn`, { authenticators: [id] });

const readCodes = (data: unknown): string[] => {
  const found = codes.safeParse(data);
  return found.success ? found.data.unused_codes : [];
};

/** The codes that are left. */
export const recoveryCodes = async (): Promise<string[]> =>
  readCodes((await authInside("GET", `${FACTORS}/recovery-codes`)).data);

/** New ones; the old ones stop working. */
export const renewCodes = async (): Promise<string[]> =>
  readCodes((await authInside("POST", `${FACTORS}/recovery-codes`)).data);
