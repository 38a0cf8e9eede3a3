import { WORKER } from "./trusted";

/** Let the service worker keep the shell, so that the app opens on a bad line. A browser that refuses does without. */
export const keepShell = (): void => {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  void navigator.serviceWorker.register(WORKER, { scope: "/" }).catch(() => undefined);
};
