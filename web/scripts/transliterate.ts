/** Serbian Cyrillic to Latin. Lj, Nj, Dž are written in capitals only within a word in capitals. */
const SINGLE: Record<string, string> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  ђ: "đ",
  е: "e",
  ж: "ž",
  з: "z",
  и: "i",
  ј: "j",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  ћ: "ć",
  у: "u",
  ф: "f",
  х: "h",
  ц: "c",
  ч: "č",
  ш: "š",
};
const DOUBLE: Record<string, string> = { љ: "lj", њ: "nj", џ: "dž" };
const upper = (letter = ""): boolean => letter !== letter.toLowerCase();

const double = (letter: string, two: string, before?: string, after?: string): string => {
  if (!upper(letter)) return two;
  const shouted = /\p{L}/u.test(after ?? "") ? upper(after) : upper(before);
  return shouted ? two.toUpperCase() : two.charAt(0).toUpperCase() + two.slice(1);
};

export const latin = (text: string): string => {
  const letters = [...text];
  return letters
    .map((letter, at) => {
      const small = letter.toLowerCase();
      const two = DOUBLE[small];
      if (two !== undefined) return double(letter, two, letters[at - 1], letters[at + 1]);
      const one = SINGLE[small];
      if (one === undefined) return letter;
      return upper(letter) ? one.toUpperCase() : one;
    })
    .join("");
};
