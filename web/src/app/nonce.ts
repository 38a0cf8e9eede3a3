/** The page's policy lets in the styles that carry the nonce of this very page. */
export const nonce = (): string => document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

// What sheets over the page use to hold its scrolling asks for the nonce by this name, not through Mantine.
Object.assign(window, { __webpack_nonce__: nonce() });
