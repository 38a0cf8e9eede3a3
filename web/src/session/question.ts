/** A question put to the person by a sheet over the page, one at a time. What asks waits for the answer. */
export interface Question {
  put: () => Promise<boolean>;
  answer: (done: boolean) => void;
  /** Both for `useSyncExternalStore`. */
  isPut: () => boolean;
  listen: (listener: () => void) => () => void;
}

const question = (): Question => {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((one) => one());
  let finish: ((done: boolean) => void) | undefined;
  return {
    put: () =>
      new Promise((resolve) => {
        finish = resolve;
        changed();
      }),
    answer: (done) => {
      finish?.(done);
      finish = undefined;
      changed();
    },
    isPut: () => finish !== undefined,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** Is the same person in again? */
export const signInQuestion = question();

/** Was a second factor shown? */
export const factorQuestion = question();
