// prettier-ignore
const PLAIN: Readonly<Record<string, string>> = {
  а: "a", б: "b", в: "v", г: "g", д: "d", ђ: "d", е: "e", ж: "z", з: "z", и: "i", ј: "j", к: "k", л: "l", љ: "lj",
  м: "m", н: "n", њ: "nj", о: "o", п: "p", р: "r", с: "s", т: "t", ћ: "c", у: "u", ф: "f", х: "h", ц: "c", ч: "c",
  џ: "dz", ш: "s", đ: "d", ž: "z", č: "c", ć: "c", š: "s",
};

/** One key for both scripts and for Latin without its marks: „Ђурђевдан“, "Đurđevdan", "djurdjevdan" are the same. */
export const fold = (text: string): string =>
  [...text.toLowerCase()]
    .map((letter) => PLAIN[letter] ?? letter)
    .join("")
    .replaceAll("dj", "d")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether each word that is looked for begins a word of what is there. */
export const matches = (wanted: string, ...there: readonly string[]): boolean => {
  const words = ` ${fold(there.join(" "))}`;
  return fold(wanted)
    .split(" ")
    .every((word) => words.includes(` ${word}`));
};
