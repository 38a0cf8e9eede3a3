export type Bytes = Uint8Array<ArrayBuffer>;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Throws SyntaxError for anything but base64 with its padding. */
export const fromBase64 = (text: string): Bytes => {
  if (!BASE64.test(text)) throw new SyntaxError("no base64");
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
};

export const toHex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const same = (left: Bytes, right: Bytes): boolean =>
  left.length === right.length && left.every((byte, place) => byte === right[place]);

export const sha256 = async (...parts: readonly Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(parts.flatMap((part) => [...part]))));
