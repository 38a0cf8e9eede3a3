import { expect, test } from "vitest";
import type { EntryOut, KeyDestructionOut, MeOut, TeamOut } from "@/api/gen";
import { isTyped, keysOf, mayAsk, mayExecute } from "@/screens/admin/key-destruction";
import { lapsesAt } from "@/screens/admin/waiting";

const MATRIX = [
  { code: "key.destroy_team", attributes: { coordinator: "yes", member: "no", key_custodian: "yes" } },
] as unknown as EntryOut[];
const TEAM = { id: "loznica" } as TeamOut;
const me = (...seats: { role: string; team: string | null }[]) => ({ id: "ana", seats }) as unknown as MeOut;
const ONE = { id: "1", team: "loznica", state: "requested", asked_by: "bora" } as KeyDestructionOut;

test("only the letters of that team are a confirmation", () => {
  expect(isTyped("LO", "LO")).toBe(true);
  expect(isTyped("LO", " lo ")).toBe(true);
  expect(isTyped("LO", "")).toBe(false);
  expect(isTyped("LO", "NI")).toBe(false);
  expect(isTyped("LO", "LOZ")).toBe(false);
  // Cyrillic letters that look the same are others.
  expect(isTyped("TO", "ТО")).toBe(false);
});

test("who asks coordinates that very team", () => {
  expect(mayAsk(me({ role: "coordinator", team: "loznica" }), TEAM, MATRIX)).toBe(true);
  expect(mayAsk(me({ role: "member", team: "loznica" }), TEAM, MATRIX)).toBe(false);
  expect(mayAsk(me({ role: "coordinator", team: "nis" }), TEAM, MATRIX)).toBe(false);
  expect(mayAsk(me({ role: "key_custodian", team: null }), TEAM, MATRIX)).toBe(false);
  expect(mayAsk(me({ role: "coordinator", team: "loznica" }), TEAM, [])).toBe(false);
});

test("the custodian carries it out, unless they asked for it", () => {
  expect(mayExecute(me({ role: "key_custodian", team: null }), ONE)).toBe(true);
  expect(mayExecute(me({ role: "coordinator", team: "loznica" }), ONE)).toBe(false);
  expect(mayExecute(me({ role: "key_custodian", team: null }), { ...ONE, asked_by: "ana" })).toBe(false);
});

test("what was declined or has lapsed stands for nothing", () => {
  const declined = { ...ONE, id: "2", state: "declined" };
  const lapsed = { ...ONE, id: "3", state: "lapsed" };
  expect(keysOf("loznica", [declined, lapsed])).toBeUndefined();
  expect(keysOf("loznica", [declined, ONE])).toBe(ONE);
  expect(keysOf("nis", [ONE])).toBeUndefined();
});

test("it lapses after fourteen days", () => {
  expect(lapsesAt("2026-11-01T08:00:00Z")).toBe("2026-11-15T08:00:00.000Z");
});
