import { useEffect } from "react";

/** The paper of a printed page. `@page` knows no page of the app, so it comes and goes with the one that is open. */
export const usePaper = (size: "A4" | "A5"): void => {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${size}; margin: 14mm; }`);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [size]);
};
