import { nameForm } from "./atoms.ts";
import { COMMON_WORDS } from "./commonWords.ts";
import { editDistance } from "./editDistance.ts";

/** Names that are not equal are at most this much alike, however they are written. */
const UNEQUAL = 0.97;
const OTHER_NUMBER = 0.6; // "Alien 3" is not "Alien"
const INITIAL = 0.75; // "J" may be "James"
const LEAST_WORD = 0.6; // words that are less alike are different words
const MOST_LETTERS = 100; // what a name has more is not read
const ROMAN: Readonly<Record<string, string>> = {
  ...{ ii: "2", iii: "3", iv: "4", vi: "6", vii: "7", viii: "8", ix: "9" },
};

/**
 * Tells how much two names are alike, 0…1: 1 where they differ in case, accents and punctuation only. Otherwise the
 * better of two comparisons, the letters in one row ("Bladerunner") and word by word in any order ("Scott, Ridley"),
 * where a word counts by its letters, less where the numbers in them differ, as those of sequels do. Cost: the product of
 * their lengths, of which 100 letters are read.
 */
export function nameLikeness(asked: string, name: string): number {
  const [form, other] = [asked, name].map((text) => nameForm(text).slice(0, MOST_LETTERS));
  if (form === "" || other === "") return 0;
  if (form === other) return 1;
  const [a, b] = [wordsOf(form), wordsOf(other)];
  const alike = Math.max(lettersAlike(a.join(""), b.join("")), wordsAlike(a, b));
  return UNEQUAL * alike * (numbersOf(a) === numbersOf(b) ? 1 : OTHER_NUMBER);
}

/** Numbers of a name, as "2 1999": what tells sequels apart. */
function numbersOf(words: readonly string[]): string {
  return words.filter((word) => /^\d+$/.test(word)).join(" ");
}

function wordsOf(form: string): string[] {
  return form.split(" ").map((word) => ROMAN[word] ?? word);
}

function lettersAlike(a: string, b: string): number {
  return 1 - editDistance(a, b) / Math.max(a.length, b.length);
}

/** Pairs the words, those most alike first, and gives the share of their weight that is paired. */
function wordsAlike(a: readonly string[], b: readonly string[]): number {
  const pairs = a.flatMap((x, i) =>
    b.flatMap((y, j) => {
      const alike = wordAlike(x, y);
      return alike > 0 ? [{ i, j, alike, weight: weightOf(x) + weightOf(y) }] : [];
    }),
  );
  pairs.sort((p, q) => q.alike - p.alike || q.weight - p.weight);
  const [left, right] = [new Set<number>(), new Set<number>()];
  let paired = 0;
  for (const { i, j, alike, weight } of pairs) {
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
    paired += alike * weight;
  }
  const total = [...a, ...b].reduce((sum, word) => sum + weightOf(word), 0);
  return paired / total;
}

function wordAlike(x: string, y: string): number {
  if (x === y) return 1;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length === 1) return long.startsWith(short) && /\p{L}/u.test(short) ? INITIAL : 0;
  if (short.length < LEAST_WORD * long.length) return 0;
  const alike = 1 - editDistance(x, y) / long.length;
  return alike < LEAST_WORD ? 0 : alike;
}

/** A word's letters; those of a word such as "the" count as one. */
function weightOf(word: string): number {
  return COMMON_WORDS.has(word) ? 1 : word.length;
}
