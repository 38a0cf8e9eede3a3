/** Drafts are sealed before they touch the disk: AES-GCM under a key that only the service gives out, to who is signed
 * in. The place of the draft is bound in, so that one cannot be put in place of another. */
export interface Sealed {
  keyId: number;
  iv: Uint8Array<ArrayBuffer>;
  text: ArrayBuffer;
}

export interface DraftKey {
  id: number;
  key: CryptoKey;
}

const IV_BYTES = 12;
const bound = (place: string) => new TextEncoder().encode(`spona draft v1 ${place}`);

/** `key` is 32 bytes in base64. The made key cannot be taken out of memory by a script again. */
export const importKey = async (id: number, key: string): Promise<DraftKey> => {
  const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  return { id, key: await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]) };
};

export const seal = async ({ id, key }: DraftKey, place: string, value: unknown): Promise<Sealed> => {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return {
    keyId: id,
    iv,
    text: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(place) }, key, plain),
  };
};

/** Throws OperationError when it was sealed under another key or for another place. */
export const open = async ({ key }: DraftKey, place: string, { iv, text }: Sealed): Promise<unknown> => {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(place) }, key, text);
  return JSON.parse(new TextDecoder().decode(plain));
};
