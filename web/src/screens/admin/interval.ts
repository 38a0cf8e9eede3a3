import { fromField, toField } from "@/ui";

export interface Interval {
  valid_from: string;
  /** Null holds until somebody sets an end. */
  valid_until: string | null;
}

/** Days, as people enter them; empty where there is none. */
export interface IntervalForm {
  valid_from: string;
  valid_until: string;
}

export type Standing = "ahead" | "holds" | "over";

/** Whether it holds, by the clock. */
export const standingOf = ({ valid_from, valid_until }: Interval, now: number = Date.now()): Standing => {
  if (valid_until !== null && new Date(valid_until).getTime() <= now) return "over";
  return new Date(valid_from).getTime() > now ? "ahead" : "holds";
};

/** The day of a moment, as the field for days writes it. */
export const dayOf = (moment: string | null): string => (moment === null ? "" : toField(new Date(moment)).slice(0, 10));
export const beginOf = (day: string): string => fromField(`${day}T00:00`);
export const endOf = (day: string): string => fromField(`${day}T23:59`);

export const NO_INTERVAL: IntervalForm = { valid_from: "", valid_until: "" };

export const intervalForm = (one: Interval): IntervalForm => ({
  valid_from: dayOf(one.valid_from),
  valid_until: dayOf(one.valid_until),
});

/** A new interval; without a first day it begins now. */
export const intervalBody = ({ valid_from, valid_until }: IntervalForm): Partial<Interval> => ({
  ...(valid_from === "" ? {} : { valid_from: beginOf(valid_from) }),
  ...(valid_until === "" ? {} : { valid_until: endOf(valid_until) }),
});

/** The interval as it is now wanted. A day that was left alone keeps its hour. */
export const intervalChange = (form: IntervalForm, seen: Interval): Interval => {
  const before = intervalForm(seen);
  const from = form.valid_from === "" || form.valid_from === before.valid_from;
  const until = form.valid_until === "" ? null : endOf(form.valid_until);
  return {
    valid_from: from ? seen.valid_from : beginOf(form.valid_from),
    valid_until: form.valid_until === before.valid_until ? seen.valid_until : until,
  };
};
