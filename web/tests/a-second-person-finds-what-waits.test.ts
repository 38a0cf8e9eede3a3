import { expect, test } from "vitest";
import type { ErasureOut, LookRow, MeOut, RecoveryOut, RequestOut } from "@/api/gen";
import { erasureWaits, glassWaits, recoveryWaits, rightsWait } from "@/screens/admin/waiting";

const me = (...may: string[]) => ({ id: "ana", may, seats: [] }) as unknown as MeOut;

test("an erasure waits to be confirmed, then for somebody else to carry it out", () => {
  const asked = { state: "requested", confirmed_by: null } as ErasureOut;
  const confirmed = { state: "confirmed", confirmed_by: "bora" } as ErasureOut;
  expect(erasureWaits(asked, me())).toBe(true);
  expect(erasureWaits(confirmed, me("erasure.execute"))).toBe(true);
  expect(erasureWaits(confirmed, me())).toBe(false);
  expect(erasureWaits({ ...confirmed, confirmed_by: "ana" }, me("erasure.execute"))).toBe(false);
  expect(erasureWaits({ ...confirmed, state: "destroyed" }, me("erasure.execute"))).toBe(false);
});

test("nobody confirms a look of their own", () => {
  expect(glassWaits({ state: "waiting", person: "bora" } as LookRow, me())).toBe(true);
  expect(glassWaits({ state: "waiting", person: "ana" } as LookRow, me())).toBe(false);
  expect(glassWaits({ state: "open", person: "bora" } as unknown as LookRow, me())).toBe(false);
});

test("a recovery waits while it is open and nobody has agreed", () => {
  const ahead = new Date(Date.now() + 60_000).toISOString();
  const open = { used_at: null, revoked_at: null, confirmed_by: null, user: "bora", expires_at: ahead } as RecoveryOut;
  expect(recoveryWaits(open, me())).toBe(true);
  expect(recoveryWaits({ ...open, user: "ana" }, me())).toBe(false);
  expect(recoveryWaits({ ...open, confirmed_by: "vera" }, me())).toBe(false);
  expect(recoveryWaits({ ...open, expires_at: "2020-01-01T00:00:00Z" }, me())).toBe(false);
});

test("only a request to see everything waits, and not for who wrote it down", () => {
  const one = { kind: "access", confirmed_by: null, recorded_by: "bora" } as RequestOut;
  expect(rightsWait(one, me())).toBe(true);
  expect(rightsWait({ ...one, recorded_by: "ana" }, me())).toBe(false);
  expect(rightsWait({ ...one, kind: "erasure" }, me())).toBe(false);
});
