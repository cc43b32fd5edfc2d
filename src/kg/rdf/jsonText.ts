const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const MAX_DIGITS = 2000;
const MAX_DEPTH = 100; // as deep as an import lets pass
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /[\w.+-]+/y;

/** Tells whether Postgres writes a number as this text when it has read it as jsonb. */
export function isPlainNumber(text: string): boolean {
  return (
    text.length <= MAX_DIGITS && NUMBER.test(text) && !/^-[0.]*$/.test(text) && Number.isFinite(Number(text))
  );
}

/**
 * Tells whether Postgres writes a JSON value as this text when it has read it as jsonb: one space after commas and
 * colons, keys by length and then by bytes, no two alike, numbers without exponent. Such text loses nothing there.
 */
export function isPlainJSON(text: string): boolean {
  return scanValue(text, 0, 0) === text.length;
}

/** Splits the text of a JSON array, as Postgres writes it, into the texts of its elements. */
export function splitArray(text: string): readonly string[] {
  const elements: string[] = [];
  for (let at = 1; at < text.length - 1; ) {
    const end = scanValue(text, at, 0);
    if (end < 0) return [text]; // deeper than any import lets pass
    elements.push(text.slice(at, end));
    at = end + 2;
  }
  return elements;
}

/** Gives where the value that begins at `at` ends, or −1 where it is not as Postgres writes it. */
function scanValue(text: string, at: number, depth: number): number {
  if (depth > MAX_DEPTH) return -1;
  if (text[at] === '"') return scanString(text, at);
  if (text[at] === "[") return scanItems(text, at, "]", (start) => scanValue(text, start, depth + 1));
  if (text[at] === "{") {
    let before: Buffer | null = null;
    return scanItems(text, at, "}", (start) => {
      const end = scanString(text, start);
      if (end < 0 || !text.startsWith(": ", end)) return -1;
      const key = Buffer.from(JSON.parse(text.slice(start, end)) as string);
      if (before !== null && !isBefore(before, key)) return -1;
      before = key;
      return scanValue(text, end + 2, depth + 1);
    });
  }
  const word = match(WORD, text, at);
  return /^(?:true|false|null)$/.test(word) || isPlainNumber(word) ? at + word.length : -1;
}

function scanItems(text: string, at: number, close: string, scanItem: (start: number) => number): number {
  if (text[at + 1] === close) return at + 2;
  for (let start = at + 1; ; ) {
    const end = scanItem(start);
    if (end < 0) return -1;
    if (text[end] === close) return end + 1;
    if (!text.startsWith(", ", end)) return -1;
    start = end + 2;
  }
}

function scanString(text: string, at: number): number {
  const quoted = match(STRING, text, at);
  if (quoted === "") return -1;
  try {
    const value = JSON.parse(quoted) as string;
    return JSON.stringify(value) === quoted && !/[\0\ud800-\udfff]/u.test(value) ? at + quoted.length : -1;
  } catch {
    return -1;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function isBefore(one: Buffer, other: Buffer): boolean {
  return one.length === other.length ? Buffer.compare(one, other) < 0 : one.length < other.length;
}
