/** What is drawn: a name and its number, or why there is none. */
export interface Datum {
  key: string;
  name: string;
  value: number | null;
  /** What is written in place of a number, such as 0-4. */
  instead?: string;
}

/** A number as it is written in the language shown. */
export const written = (value: number, locale: string, unit: string): string => {
  const number = new Intl.NumberFormat(locale === "en" ? "en-GB" : locale, { maximumFractionDigits: 2 }).format(value);
  return unit === "per_cent" ? `${number} %` : number;
};

/** The greatest of the numbers, and at least one, so that a scale of it has a length. */
export const greatest = (values: readonly (number | null)[]): number => Math.max(1, ...values.map((one) => one ?? 0));

/** Whole steps for an axis, about `most` of them; the last one reaches the top. */
export const steps = (top: number, most = 4): number[] => {
  const rough = top / most;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const size = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power;
  return Array.from({ length: Math.ceil(top / size) + 1 }, (_, index) => index * size);
};
