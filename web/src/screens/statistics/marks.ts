import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import type { NumberOut } from "@/api/gen";

/** The marks that a team is shown, in the order of a person's way. */
export const MARKS: Readonly<Record<string, MessageDescriptor>> = {
  in_coordination: msg`У координацији`,
  new: msg`Нове особе`,
  helped: msg`Добили помоћ`,
  waiting: msg`Чекају`,
  requested: msg`Послато`,
  accepted: msg`Прихваћено`,
  rejected: msg`Одбијено`,
  unmet: msg`Није било места`,
  dropped: msg`Прекинуто`,
  ended: msg`Завршено или затворено`,
  acknowledged_14: msg`Потврђено у року од 14 дана`,
  within_5_days: msg`Први контакт у року од 5 дана`,
  urgent_within_1_day: msg`Хитно, контакт истог или наредног дана`,
};

export const PEOPLE = ["in_coordination", "new", "helped", "waiting"] as const;
export const REFERRALS = [
  "requested",
  "accepted",
  "rejected",
  "unmet",
  "dropped",
  "ended",
  "acknowledged_14",
  "within_5_days",
  "urgent_within_1_day",
] as const;

export const useMark = () => {
  const { i18n } = useLingui();
  return (mark: string): string => {
    const name = MARKS[mark];
    return name === undefined ? "" : i18n._(name);
  };
};

/** The number of a mark for the whole team or for one organisation; null where it does not stand. */
export const numberOf = (numbers: readonly NumberOut[], mark: string, organisation: string | null): number | null =>
  numbers.find((one) => one.mark === mark && one.organisation === organisation && one.service_code === "")?.n ?? null;
