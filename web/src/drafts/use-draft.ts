import { useCallback, useEffect, useRef, useState } from "react";
import { useMe } from "@/session/me";
import { forget, keep, recall } from "./store";

interface Kept<Value> {
  value: Value;
  /** For the header Idempotency-Key: made with the draft, so that sending it twice does not do it twice. */
  key: string;
}

export interface Draft<Value> extends Kept<Value> {
  set: (change: Value | ((old: Value) => Value)) => void;
  /** It was begun earlier and has been brought back. */
  restored: boolean;
  /** It was sent, or is not wanted. */
  discard: () => void;
  /** The body has changed since it was tried: the service takes it under a new key only. */
  renewKey: () => void;
}

const PAUSE = 400;
const isKept = <Value>(found: unknown): found is Kept<Value> =>
  typeof found === "object" && found !== null && "value" in found && "key" in found;

/** A form that survives a closed tab, a lost line and the end of the session. `what` says which, such as `note ID`. */
export const useDraft = <Value>(what: string, initial: Value): Draft<Value> => {
  const place = `${useMe().id} ${what}`;
  const [kept, setKept] = useState<Kept<Value>>(() => ({ value: initial, key: crypto.randomUUID() }));
  const [restored, setRestored] = useState(false);
  const touched = useRef(false);

  useEffect(() => {
    let here = true;
    touched.current = false;
    void recall(place).then((found) => {
      if (!here || touched.current || !isKept<Value>(found)) return;
      setKept(found);
      setRestored(true);
    });
    return () => {
      here = false;
    };
  }, [place]);

  useEffect(() => {
    if (!touched.current) return undefined;
    const save = () => void keep(place, kept).catch(() => undefined);
    const timer = setTimeout(save, PAUSE);
    document.addEventListener("visibilitychange", save);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", save);
    };
  }, [place, kept]);

  const set = useCallback((change: Value | ((old: Value) => Value)) => {
    touched.current = true;
    setKept((old) => ({ ...old, value: change instanceof Function ? change(old.value) : change }));
  }, []);
  const renewKey = useCallback(() => setKept((old) => ({ ...old, key: crypto.randomUUID() })), []);
  const discard = useCallback(() => {
    touched.current = false;
    setRestored(false);
    setKept({ value: initial, key: crypto.randomUUID() });
    void forget(place);
  }, [place]);
  return { ...kept, set, restored, discard, renewKey };
};
