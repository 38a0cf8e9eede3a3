import { queryClient, signInAgain } from "@/api";
import { meSignOutEverywhere } from "@/api/gen";
import { auth } from "./auth";

const LEFT = "left";
const tabs = new BroadcastChannel("spona-session");

/** A fresh page: nothing that was read stays in memory, and the back button brings no picture of it either. */
const forgetAll = (): void => {
  signInAgain.shownBy(undefined);
  queryClient.clear();
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  location.assign("/sign-in");
};

/** Who signs out in one tab has signed out in all. */
export const leaveWithOtherTabs = (): (() => void) => {
  const heard = ({ data }: MessageEvent): void => {
    if (data === LEFT) forgetAll();
  };
  tabs.addEventListener("message", heard);
  return () => tabs.removeEventListener("message", heard);
};

const leftHere = (): void => {
  tabs.postMessage(LEFT);
  forgetAll();
};

/** 401 says that nobody is signed in any more, which is what was asked for. */
export const leave = async (): Promise<void> => {
  await auth("DELETE", "auth/session");
  leftHere();
};

export const leaveEverywhere = async (): Promise<void> => {
  await meSignOutEverywhere({ throwOnError: true });
  leftHere();
};
