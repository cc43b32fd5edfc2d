/** One word of a text, or one character of a script that is written without spaces. */
export interface Atom {
  /** Without case and accents. */
  readonly norm: string;
  readonly start: number;
  readonly end: number;
}

const RUN = /[\p{L}\p{N}\p{M}]+|&/gu;
const PIECE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ...{ ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", "&": "and" },
};

/**
 * Reads the atoms of a text. Punctuation is none, so "X-Men" and "X Men" are the same; a possessive leaves an
 * atom "s" behind the name.
 */
export function readAtoms(text: string): Atom[] {
  const atoms: Atom[] = [];
  for (const run of text.matchAll(RUN)) {
    for (const piece of run[0].matchAll(PIECE)) {
      const start = run.index + piece.index;
      atoms.push({ norm: normalise(piece[0]), start, end: start + piece[0].length });
    }
  }
  return atoms;
}

/** Takes case and accents from a word. */
export function normalise(word: string): string {
  const plain = word
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return plain.replace(/[øłđßæœı&]/g, (letter) => UNDECOMPOSED[letter]);
}

/** The form under which a name is looked up: its atoms, with spaces between; empty where it has none. */
export function nameForm(name: string): string {
  return readAtoms(name)
    .map(({ norm }) => norm)
    .join(" ");
}

/** Tells whether an atom is one character of a script without spaces. */
export function isWide(norm: string): boolean {
  return WIDE.test(norm);
}
