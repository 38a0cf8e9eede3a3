import { i18n, type Messages } from "@lingui/core";
import { answerIn } from "@/api";

export const LOCALES = ["sr-Cyrl", "sr-Latn", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const KEPT = "spona-language";
const catalogues = import.meta.glob<{ messages: Messages }>("../**/locales/*.po");
const rooms = new Set(["app"]);

export const isLocale = (text: unknown): text is Locale => LOCALES.some((one) => one === text);

const load = async (room: string, locale: Locale): Promise<Messages> => {
  const path = room === "app" ? `./locales/${locale}.po` : `../${room}/locales/${locale}.po`;
  const found = await catalogues[path]?.();
  if (found === undefined) throw new Error(`no texts: ${path}`);
  return found.messages;
};

/** Load the texts of a folder, such as `screens/cases`, in the language that is shown. For loaders of routes. */
export const loadTexts = async (room: string): Promise<void> => {
  if (rooms.has(room)) return;
  const locale = current();
  const messages = await load(room, locale);
  rooms.add(room);
  i18n.load(locale, messages);
};

export const current = (): Locale => (isLocale(i18n.locale) ? i18n.locale : "sr-Cyrl");

/** Show everything in a language: what is loaded already, and what will be. */
export const speak = async (locale: Locale): Promise<void> => {
  const all = await Promise.all([...rooms].map((room) => load(room, locale)));
  i18n.load(locale, Object.assign({}, ...all));
  i18n.activate(locale);
  answerIn(locale);
  document.documentElement.lang = locale;
};

/** The language that was chosen on this device, if any. */
export const chosen = (): Locale | undefined => {
  const kept = localStorage.getItem(KEPT);
  return isLocale(kept) ? kept : undefined;
};

/** Speak a language from now on, on this device. */
export const choose = async (locale: Locale): Promise<void> => {
  localStorage.setItem(KEPT, locale);
  await speak(locale);
};

/** The language chosen here, or the browser's English, or Serbian in Cyrillic. */
export const firstLocale = (): Locale => chosen() ?? (navigator.language.startsWith("en") ? "en" : "sr-Cyrl");
