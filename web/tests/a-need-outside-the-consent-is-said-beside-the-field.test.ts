import { expect, test } from "vitest";
import type { EntryOut } from "@/api/gen";
import { misfitOf } from "@/reference/fitting";

const entry = (code: string, attributes: Record<string, string>) => ({ code, attributes }) as EntryOut;
const lists = {
  bundles: [
    entry("this_service", { data_classes: "basic_profile;needs" }),
    entry("practical_help", { data_classes: "basic_profile;needs;social" }),
    entry("full_coordination", { data_classes: "basic_profile;needs;social;health" }),
  ],
  needs: [
    entry("housing", { data_class: "social" }),
    entry("documents", { data_class: "needs" }),
    entry("health_care", { data_class: "health" }),
    entry("safety", { data_class: "violence" }),
  ],
};

test("what the bundle covers is not spoken of, nor anything before one is chosen", () => {
  expect(misfitOf("this_service", ["documents"], lists)).toBeUndefined();
  expect(misfitOf("practical_help", ["documents", "housing"], lists)).toBeUndefined();
  expect(misfitOf("", ["housing"], lists)).toBeUndefined();
});

test("what it does not cover is named, with the least bundle that covers everything", () => {
  const misfit = misfitOf("this_service", ["documents", "housing"], lists);
  expect(misfit).toEqual({ needs: ["housing"], wider: "practical_help" });
  expect(misfitOf("this_service", ["housing", "health_care"], lists)?.wider).toBe("full_coordination");
});

test("where no bundle is wide enough, none is named", () => {
  expect(misfitOf("full_coordination", ["housing", "safety"], lists)).toEqual({ needs: ["safety"], wider: "" });
  expect(misfitOf("this_service", ["housing", "safety"], lists)).toEqual({ needs: ["safety"], wider: "" });
});

test("what the person agreed to beside the bundle is covered", () => {
  expect(misfitOf("practical_help", ["housing", "safety"], lists, ["violence"])).toBeUndefined();
  expect(misfitOf("practical_help", ["health_care", "safety"], lists, ["violence"])?.wider).toBe("full_coordination");
});
