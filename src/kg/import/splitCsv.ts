import { BadRow } from "./badRow.ts";

/**
 * Splits one CSV record into its cells; gives null where a quote is still open at the end of the text.
 * A quote inside an unquoted cell is an ordinary character.
 * @throws {BadRow} where something follows a closing quote
 * @see RFC 4180
 */
export function splitCsv(text: string, separator: string): string[] | null {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let start = 0;
  for (;;) {
    if (text[start] !== '"') {
      const end = text.indexOf(separator, start);
      if (end < 0) {
        cells.push(text.slice(start));
        return cells;
      }
      cells.push(text.slice(start, end));
      start = end + separator.length;
      continue;
    }
    const end = findClosingQuote(text, start + 1);
    if (end < 0) return null;
    cells.push(text.slice(start + 1, end).replaceAll('""', '"'));
    if (end + 1 === text.length) return cells;
    if (!text.startsWith(separator, end + 1)) {
      throw new BadRow(
        `"${text.slice(end + 1, end + 11)}" follows a closing quote; expected "${separator}" or the end`,
      );
    }
    start = end + 1 + separator.length;
  }
}

function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
