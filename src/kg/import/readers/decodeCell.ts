const LETTERS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** Decodes a cell in COPY's text format: null for \N, and a backslash before what is special. */
export function decodeCell(cell: string): string | null {
  if (cell === "\\N") return null;
  if (!cell.includes("\\")) return cell;
  return cell.replace(/\\(.)/gs, (_, letter: string) => LETTERS[letter] ?? letter);
}
