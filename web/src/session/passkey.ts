import * as z from "zod/mini";
import { bytesOf, textOf } from "./base64url";

/** Passkeys and security keys. The browser wants bytes, the service writes base64url; browsers that translate by
 * themselves are too new for the phones in use. */
const bytes = z.pipe(z.string(), z.transform(bytesOf));
const listed = z._default(z.array(z.looseObject({ type: z.literal("public-key"), id: bytes })), []);
const verification = z.optional(z.enum(["required", "preferred", "discouraged"]));
const shownShape = z.object({
  request_options: z.object({
    publicKey: z.object({
      challenge: bytes,
      rpId: z.optional(z.string()),
      timeout: z.optional(z.number()),
      allowCredentials: listed,
      userVerification: verification,
    }),
  }),
});
const madeShape = z.object({
  creation_options: z.object({
    publicKey: z.object({
      challenge: bytes,
      rp: z.object({ name: z.string(), id: z.optional(z.string()) }),
      user: z.object({ id: bytes, name: z.string(), displayName: z.string() }),
      pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.number() })),
      timeout: z.optional(z.number()),
      excludeCredentials: listed,
      attestation: z.optional(z.enum(["none", "indirect", "direct", "enterprise"])),
      authenticatorSelection: z.optional(
        z.object({
          authenticatorAttachment: z.optional(z.enum(["platform", "cross-platform"])),
          residentKey: z.optional(z.enum(["required", "preferred", "discouraged"])),
          requireResidentKey: z.optional(z.boolean()),
          userVerification: verification,
        }),
      ),
    }),
  }),
});

const written = (made: Credential | null, response: Record<string, ArrayBuffer | null>) => {
  if (!(made instanceof PublicKeyCredential)) throw new DOMException("no key", "NotAllowedError");
  const given = Object.entries(response).flatMap(([name, value]) => (value === null ? [] : [[name, textOf(value)]]));
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: Object.fromEntries(given) as Record<string, string>,
  };
};

const responseOf = (made: Credential | null): AuthenticatorResponse | undefined =>
  made instanceof PublicKeyCredential ? made.response : undefined;

/** Let a key sign what the service asks. Throws DOMException when the person or the device does not. */
export const showKey = async (options: unknown) => {
  const { publicKey } = shownShape.parse(options).request_options;
  const made = await navigator.credentials.get({ publicKey });
  const said = responseOf(made);
  if (!(said instanceof AuthenticatorAssertionResponse)) return written(null, {});
  const { clientDataJSON, authenticatorData, signature, userHandle } = said;
  return written(made, { clientDataJSON, authenticatorData, signature, userHandle });
};

/** Make a new key on this device. Throws DOMException when the person or the device does not. */
export const makeKey = async (options: unknown) => {
  const { publicKey } = madeShape.parse(options).creation_options;
  const made = await navigator.credentials.create({ publicKey });
  const said = responseOf(made);
  if (!(said instanceof AuthenticatorAttestationResponse)) return written(null, {});
  const { clientDataJSON, attestationObject } = said;
  return written(made, { clientDataJSON, attestationObject });
};

export const knowsKeys = (): boolean => "PublicKeyCredential" in window;

/** Whether the device itself can keep a key: then a passkey is the shorter way. */
export const deviceKeepsKeys = async (): Promise<boolean> =>
  knowsKeys() && PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
