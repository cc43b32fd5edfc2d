import { countScripts } from "../scripts.ts";

/** A piece of a word and the logarithm of its probability; the vocabulary's order gives the token. */
export type Piece = readonly [text: string, score: number];

const UNKNOWN = 0;
const RESERVED = 6; // tokens that are no text
const SPACE = "\u2581";
const UNKNOWN_PENALTY = 10; // below the rarest piece, as in sentencepiece
const FEWEST_OF_SCRIPT = 100; // pieces; below that a script has some letters, but no words

/**
 * The unigram tokenizer of sentencepiece: of all ways to cut a text into pieces it finds the most probable one.
 * @see Kudo 2018, "Subword Regularization", section 3.2 (Viterbi)
 */
export class Pieces {
  readonly #tokens = new Map<string, number>();
  readonly #scores: Float64Array;
  readonly #longest: number;
  readonly #unknownScore: number;
  readonly #scripts = new Set<string>();

  constructor(vocabulary: readonly Piece[]) {
    this.#scores = Float64Array.from(vocabulary, ([, score]) => score);
    const words = vocabulary.slice(RESERVED);
    for (const [at, [text]] of words.entries()) this.#tokens.set(text, at + RESERVED);
    this.#longest = words.reduce((longest, [text]) => Math.max(longest, text.length), 1);
    this.#unknownScore = words.reduce((least, [, score]) => Math.min(least, score), 0) - UNKNOWN_PENALTY;
    const pieces = new Map<string, number>();
    for (const [text] of words) {
      for (const script of countScripts(text).keys()) pieces.set(script, (pieces.get(script) ?? 0) + 1);
    }
    for (const [script, count] of pieces) if (count >= FEWEST_OF_SCRIPT) this.#scripts.add(script);
  }

  /** Cuts a text into tokens; 0 stands for a run of characters that no piece has. */
  tokenize(text: string): number[] {
    const normal = text.normalize("NFKC");
    if (normal === "") return [];
    const symbols = SPACE + normal.replaceAll(" ", SPACE);
    const { start, token } = this.#findBestCuts(symbols);
    const tokens: number[] = [];
    for (let end = symbols.length; end > 0; end = start[end]) {
      const repeated = token[end] === UNKNOWN && tokens.at(-1) === UNKNOWN;
      if (!repeated) tokens.push(token[end]);
    }
    return tokens.reverse();
  }

  /** Names the script of a text of which at least half the letters have no pieces; null where it can be read. */
  findUnreadScript(text: string): string | null {
    let letters = 0;
    let unread = 0;
    let most: readonly [script: string, count: number] = ["", 0];
    for (const [script, count] of countScripts(text)) {
      letters += count;
      if (this.#scripts.has(script)) continue;
      unread += count;
      if (count > most[1]) most = [script, count];
    }
    return unread > 0 && unread * 2 >= letters ? most[0] : null;
  }

  /** For each end of a prefix: where the last piece of its best cut starts, and which one that is. */
  #findBestCuts(symbols: string): { start: Int32Array; token: Int32Array } {
    const size = symbols.length;
    const best = new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY);
    const start = new Int32Array(size + 1);
    const token = new Int32Array(size + 1);
    const offer = (from: number, end: number, piece: number, score: number) => {
      if (best[from] + score <= best[end]) return;
      best[end] = best[from] + score;
      start[end] = from;
      token[end] = piece;
    };
    best[0] = 0;
    for (let from = 0; from < size; from++) {
      if (best[from] === Number.NEGATIVE_INFINITY) continue; // within a surrogate pair
      const width = symbols.codePointAt(from)! > 0xffff ? 2 : 1;
      const last = Math.min(size, from + Math.max(width, this.#longest));
      for (let end = from + width; end <= last; end++) {
        const piece = this.#tokens.get(symbols.slice(from, end));
        if (piece !== undefined) offer(from, end, piece, this.#scores[piece]);
        else if (end === from + width) offer(from, end, UNKNOWN, this.#unknownScore);
      }
    }
    return { start, token };
  }
}
