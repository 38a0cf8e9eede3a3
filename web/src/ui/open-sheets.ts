import { useEffect, useId, useSyncExternalStore } from "react";

/** Sheets that are open, the one on top last. */
let open: readonly string[] = [];
const listeners = new Set<() => void>();

/** What lies below a sheet is out of reach, for the keyboard and for screen readers, too. */
const change = (now: readonly string[]): void => {
  open = now;
  document.getElementById("app")?.toggleAttribute("inert", now.length > 0);
  listeners.forEach((one) => one());
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How high a sheet lies, and whether it is the one that Escape closes. */
export const useHeight = (opened: boolean): { height: number; top: boolean } => {
  const id = useId();
  const now = useSyncExternalStore(listen, () => open);
  useEffect(() => {
    if (!opened) return undefined;
    change([...open, id]);
    return () => change(open.filter((one) => one !== id));
  }, [opened, id]);
  const height = now.indexOf(id);
  return { height: Math.max(height, 0), top: height === now.length - 1 };
};
