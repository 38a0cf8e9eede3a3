import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import type { ReviewRow, VerdictEnum } from "@/api/gen";
import { OBJECT_KINDS } from "./object-kinds";
import { VERBS_OF_CASES } from "./verbs-of-cases";
import { VERBS_OF_SERVICE } from "./verbs-of-service";

const LISTED = msg`Преглед списка`;
const READ = msg`Читање`;
const OTHER = msg`Друга радња`;

/** Every act of the log that has a name of its own. */
export const VERBS: Readonly<Record<string, MessageDescriptor>> = { ...VERBS_OF_CASES, ...VERBS_OF_SERVICE };

const verbOf = (action: string): MessageDescriptor =>
  VERBS[action] ?? (action.endsWith(".listed") ? LISTED : action.endsWith("read") ? READ : OTHER);

/** What was done, in words. */
export const useVerb = () => {
  const { i18n } = useLingui();
  return (action: string): string => i18n._(verbOf(action));
};

/** What kind of thing it was done to; nothing where that says nothing more. */
export const useObjectKind = () => {
  const { i18n } = useLingui();
  return (kind: string): string => {
    const name = OBJECT_KINDS[kind];
    return name === undefined ? "" : i18n._(name);
  };
};

interface Rule {
  name: MessageDescriptor;
  why: MessageDescriptor;
}

const RULES: Readonly<Record<NonNullable<ReviewRow["rule"]>, Rule>> = {
  break_glass: { name: msg`Ванредни приступ`, why: msg`Неко је отворио случај за који нема свој основ за увид.` },
  erasures: { name: msg`Брисање`, why: msg`Случај је обрисан, или су уништени кључеви тима.` },
  database_changed: { name: msg`Измена мимо службе`, why: msg`Неко је мењао редове у самој бази, мимо Споне.` },
  exports: { name: msg`Извоз`, why: msg`Подаци су изашли у датотеку.` },
  bulk_reads: {
    name: msg`Много увида одједном`,
    why: msg`Иста особа је за сат времена отворила двадесет или више различитих случајева и упута.`,
  },
  denied_in_a_row: {
    name: msg`Узастопна одбијања`,
    why: msg`Пет пута заредом је покушано нешто што није дозвољено.`,
  },
  foreign_hours: { name: msg`Ван радног времена`, why: msg`Читање ноћу, од 22 до 6 сати, или викендом.` },
  lead_acts: { name: msg`Рад надлежне особе`, why: msg`Шта је особа надлежна за тим радила тога дана.` },
  no_own_side: {
    name: msg`Случај без своје стране`,
    why: msg`Координација је отворила случај у коме њена организација не учествује.`,
  },
  sample: { name: msg`Извучено жребом`, why: msg`Насумичан узорак: ниједно правило га није изабрало.` },
};

/** Which rule picked an item, and what that means; who is asked about one is not told. */
export const useRule = () => {
  const { i18n } = useLingui();
  return (rule: ReviewRow["rule"]) => {
    if (rule === null) return { name: "", why: "" };
    return { name: i18n._(RULES[rule].name), why: i18n._(RULES[rule].why) };
  };
};

export const VERDICTS: Readonly<Record<VerdictEnum, MessageDescriptor>> = {
  expected: msg`Очекивано`,
  ask: msg`Питај особу`,
  escalate: msg`Проследи даље`,
};
