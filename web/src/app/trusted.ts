/** The page's policy has scripts and markup made from text refused (trusted types). Two things are let through: the
 * service worker by its one address, and text that cannot be markup, which is how Mantine fills its style sheets. */
interface Policy {
  createHTML: (text: string) => string;
  createScriptURL: (address: string) => string;
}
declare global {
  interface Window {
    trustedTypes?: { createPolicy: (name: string, policy: Policy) => unknown };
  }
}

export const WORKER = "/sw.js";

export const noMarkup = (text: string): string => {
  if (text.includes("<")) throw new TypeError("markup made from text");
  return text;
};

const onlyTheWorker = (address: string): string => {
  if (address !== WORKER) throw new TypeError("a script made from text");
  return address;
};

window.trustedTypes?.createPolicy("default", { createHTML: noMarkup, createScriptURL: onlyTheWorker });
