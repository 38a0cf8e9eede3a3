import type { FigureOut } from "@/api/gen";

/** The figures of an indicator by its parts, in their own order. */
export const byPart = (figures: readonly FigureOut[]): FigureOut[][] =>
  [...new Set(figures.map((one) => one.part))].map((part) => figures.filter((one) => one.part === part));

/** What a figure is about, as its own sentence says it: between the dash and the number. */
export const aboutOf = (figure: FigureOut, locale: string): string => {
  const [, rest = ""] = (figure.sentences[locale] ?? "").split(" – ");
  const about = rest.split(": ")[0] ?? "";
  return about.charAt(0).toLocaleUpperCase(locale) + about.slice(1);
};

/** The last part of that: what one column is about, such as a group of services. */
export const columnOf = (figure: FigureOut, locale: string): string => {
  const label = figure.labels[locale] ?? "";
  const column = aboutOf(figure, locale).slice(label.length + 2);
  return column.charAt(0).toLocaleUpperCase(locale) + column.slice(1);
};

export const TOTAL = "total";

/** One number for each town, without columns and without the total. */
export const byTown = (figures: readonly FigureOut[]): FigureOut[] =>
  figures.filter((one) => one.row !== TOTAL && one.column === "");

/** One number for each column, of all towns together. */
export const byColumn = (figures: readonly FigureOut[]): FigureOut[] =>
  figures.filter((one) => one.row === TOTAL && one.column !== "");
