import { expect, test } from "vitest";
import { deviceName, isHandheld } from "@/screens/account/device-name";

test("browser and system are named together", () => {
  expect(deviceName({ browser: "firefox", system: "android" })).toBe("Firefox, Android");
  expect(deviceName({ browser: "safari", system: "ios" })).toBe("Safari, iPhone / iPad");
});

test("what is not known is left out", () => {
  expect(deviceName({ browser: "other", system: "windows" })).toBe("Windows");
  expect(deviceName({ browser: "edge", system: "other" })).toBe("Edge");
  expect(deviceName({ browser: "other", system: "other" })).toBe("");
});

test("a phone is told from a desk", () => {
  expect(isHandheld({ system: "ios", browser: "other" })).toBe(true);
  expect(isHandheld({ system: "android", browser: "other" })).toBe(true);
  expect(isHandheld({ system: "windows", browser: "other" })).toBe(false);
  expect(isHandheld({ system: "other", browser: "other" })).toBe(false);
});
