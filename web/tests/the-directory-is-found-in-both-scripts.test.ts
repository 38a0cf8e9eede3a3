import { describe, expect, it } from "vitest";
import { fold, matches } from "@/screens/directory/fold";

describe("looking for a name", () => {
  it.each([
    ["Ђурђевдан", "djurdjevdan"],
    ["Đurđevdan", "ђурђевдан"],
    ["Женски круг „Сидро“", "zenski krug sidro"],
    ["Prihvatilište", "prihvatiliste"],
    ["ЏЕП", "džep"],
  ])("finds %s by %s", (name, typed) => {
    expect(fold(name)).toBe(fold(typed));
  });

  it("wants every word, each from its beginning, in any order", () => {
    expect(matches("loz dom", "Dom zdravlja Loznica")).toBe(true);
    expect(matches("лоз дом", "Dom zdravlja Loznica")).toBe(true);
    expect(matches("nica", "Dom zdravlja Loznica")).toBe(false);
    expect(matches("", "Dom zdravlja Loznica")).toBe(true);
  });
});
