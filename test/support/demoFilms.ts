import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The demo's folder. */
export const DEMO = fileURLToPath(new URL("../../demo/", import.meta.url));

/** The folder of the demo's checked-in tables: what an import takes. */
export const FILMS = join(DEMO, "films");

/** The folder of what the simulated users like, which no import takes. */
export const TRUTH = join(DEMO, "truth");

/** One row of a table, by the names in its header. */
export type Row = Readonly<Record<string, string>>;

/** Reads one of the demo's tables, such as "triples" or, of `TRUTH`, "tastes". */
export async function readTable(name: string, folder = FILMS): Promise<Row[]> {
  const text = await readFile(join(folder, `${name}.tsv`), "utf8");
  const [header, ...lines] = text.replace(/\n$/, "").split("\n");
  const columns = header.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    if (cells.length !== columns.length)
      throw new Error(`${name}: ${line}: expected ${columns.length} cells`);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  });
}

/** Groups rows by the value in one column, in the order in which the values come. */
export function groupRows(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const own = groups.get(row[column]);
    if (own) own.push(row);
    else groups.set(row[column], [row]);
  }
  return groups;
}
