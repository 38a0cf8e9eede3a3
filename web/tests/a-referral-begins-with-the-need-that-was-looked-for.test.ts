import { expect, test } from "vitest";
import type { EntryOut, NeedOut, ServiceOut } from "@/api/gen";
import { presetNeed } from "@/screens/refer/form";

const need = (code: string) => ({ id: `id of ${code}`, code, status: "open" }) as NeedOut;
const needs = [need("work"), need("housing"), need("substance_treatment")];
const all = [
  { code: "substance_treatment", attributes: { typical_services: "TX-OPC;TX-DET" } },
] as unknown as EntryOut[];
const clinic = { id: "s", code: "TX-OPC" } as ServiceOut;

test("the need of the address comes before the one that the service is for", () => {
  expect(presetNeed(needs, { service: clinic, need: "housing" }, all)?.code).toBe("housing");
  expect(presetNeed(needs, { service: undefined, need: "housing" }, all)?.code).toBe("housing");
});

test("without one, or where the case has no such need, the service decides, and else the first stands", () => {
  for (const sought of ["", "documents"]) {
    expect(presetNeed(needs, { service: clinic, need: sought }, all)?.code).toBe("substance_treatment");
    expect(presetNeed(needs, { service: undefined, need: sought }, all)?.code).toBe("work");
  }
  expect(presetNeed([], { service: clinic, need: "housing" }, all)).toBeUndefined();
});
