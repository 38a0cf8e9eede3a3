import type { EntryOut, TallyInRequest, TallyItemsCode } from "@/api/gen";
import { isCode } from "@/reference";

/** How far back a month may be told, and how much of anything: the service holds to both. */
const MONTHS_BACK = 24;
const MOST = 1_000_000;
const YEAR = 12;

/** This month and those before it, the newest first. */
export const monthsBack = (now: Date): string[] => {
  const last = now.getFullYear() * YEAR + now.getMonth();
  return Array.from({ length: MONTHS_BACK + 1 }, (_, back) => {
    const month = ((last - back) % YEAR) + 1;
    return `${Math.floor((last - back) / YEAR)}-${String(month).padStart(2, "0")}`;
  });
};

/** What is counted of a service, by the list `tally_items`. */
export const itemsOf = (entries: readonly EntryOut[], service: string): string[] =>
  entries.filter(({ attributes }) => attributes["service_codes"]?.split(";").includes(service)).map(({ code }) => code);

/** A whole number that may be counted; nothing else is sent. */
export const amountOf = (text: string): number | undefined => {
  const plain = text.replaceAll(/[\s.]/g, "");
  const amount = Number(plain);
  return /^\d+$/.test(plain) && amount <= MOST ? amount : undefined;
};

export interface TallyForm {
  team: string;
  service: string;
  item: string;
  month: string;
  amount: string;
}

/** What is sent, once nothing is missing. */
export const tallyBody = (form: TallyForm): TallyInRequest | undefined => {
  const { team, service, item, month } = form;
  const amount = amountOf(form.amount);
  if (team === "" || service === "" || month === "" || amount === undefined) return undefined;
  return isCode<TallyItemsCode>(item) ? { team, service, item, month, amount } : undefined;
};

/** A month such as 2026-09, written out. */
export const monthName = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-15T12:00:00Z`));
