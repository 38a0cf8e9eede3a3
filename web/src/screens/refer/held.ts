import type { Problem } from "@/api";
import type { ReferralOut } from "@/api/gen";

export interface Held {
  referral: ReferralOut;
  phase: "held" | "sending" | "sent" | "failed" | "unknown";
  /** When it goes by itself. */
  goesAt: number;
  /** How many tries were left without an answer. */
  lost: number;
  problem?: Problem;
}

/** What waits, and what became of it, for as long as the page lives. */
export const held = new Map<string, Held>();
const listeners = new Set<() => void>();

const tellAll = (): void => {
  for (const listener of listeners) listener();
};

export const put = (one: Held): void => {
  held.set(one.referral.id, one);
  tellAll();
};

export const drop = (id: string): void => {
  held.delete(id);
  tellAll();
};

export const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
