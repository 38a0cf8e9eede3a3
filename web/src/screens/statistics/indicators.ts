import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import type { ReleaseFiguresFiguresData } from "@/api/gen";
import { useEntries } from "@/reference";

export type Indicator = NonNullable<NonNullable<ReleaseFiguresFiguresData["query"]>["indicator"]>;

const CODE = /^[A-Z]\d{1,2}[pfg]?$/;

/** Whether a text in the address may be an indicator; one that there is not, the service refuses. */
export const isIndicator = (text: string | undefined): text is Indicator => text !== undefined && CODE.test(text);

const DOMAINS: Readonly<Record<string, MessageDescriptor>> = {
  N: msg`Особе`,
  A: msg`Доступност`,
  B: msg`Средства`,
  C: msg`Подаци и здравље`,
  D: msg`Квалитет података`,
  P: msg`Упућивања`,
  K: msg`Наставак после затвора`,
  W: msg`Жене и насиље`,
  E: msg`Исходи`,
};
const OTHER = msg`Остало`;

/** All indicators by what they are about, as choices. */
export const useIndicators = () => {
  const { i18n } = useLingui();
  const entries = useEntries("indicators");
  const domains = [...new Set(entries.map((one) => one.attributes.domain ?? "X"))];
  return domains.map((domain) => ({
    group: i18n._(DOMAINS[domain] ?? OTHER),
    items: entries
      .filter((one) => (one.attributes.domain ?? "X") === domain)
      .map((one) => ({ value: one.code, label: one.labels[i18n.locale] ?? one.code })),
  }));
};
