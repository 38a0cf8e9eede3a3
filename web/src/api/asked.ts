/** Something that a request may need of the person before it goes through. Answers whether they did it. */
export type Show = () => Promise<boolean>;

export interface Asked {
  /** Say what shows it; undefined takes it away. */
  shownBy: (show: Show | undefined) => void;
  /** One sheet for all requests that were refused at the same moment. False: give the refusal to who asked. */
  ask: () => Promise<boolean>;
}

const asked = (): Asked => {
  let show: Show | undefined;
  let running: Promise<boolean> | undefined;
  return {
    shownBy: (given) => {
      show = given;
    },
    ask: async () => {
      if (show === undefined) return false;
      running ??= show().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
};

/** Signing in once more, over the page. Until somebody is signed in there is nothing to sign in *again* to. */
export const signInAgain = asked();

/** Showing the second factor once more, for what matters most. */
export const factorAgain = asked();
