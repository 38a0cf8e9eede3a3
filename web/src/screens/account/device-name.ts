import type { MySessionOut } from "@/api/gen";

const BROWSERS: Record<MySessionOut["browser"], string> = {
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  opera: "Opera",
  safari: "Safari",
  samsung: "Samsung Internet",
  other: "",
};
const SYSTEMS: Record<MySessionOut["system"], string> = {
  android: "Android",
  chromeos: "Chromebook",
  ios: "iPhone / iPad",
  linux: "Linux",
  macos: "Mac",
  windows: "Windows",
  other: "",
};

type Device = Pick<MySessionOut, "browser" | "system">;

/** What the device is called, in names that are the same in every language; empty where neither is known. */
export const deviceName = ({ browser, system }: Device): string =>
  [BROWSERS[browser], SYSTEMS[system]].filter((one) => one !== "").join(", ");

/** Carried in a hand rather than standing on a desk. */
export const isHandheld = ({ system }: Device): boolean => system === "android" || system === "ios";
