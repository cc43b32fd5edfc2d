import { writeFile } from "node:fs/promises";

/**
 * Writes a table of tab-separated values with a header. Null is an empty cell.
 *
 * @throws RangeError where a cell has a tab or a line break, or a row another number of cells than the header
 */
export async function writeTable(
  file: string,
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  const lines = [header, ...rows].map((row) => {
    const cells = row.map((cell) => String(cell ?? ""));
    const broken = cells.find((cell) => /[\t\r\n]/.test(cell));
    if (broken !== undefined)
      throw new RangeError(`${JSON.stringify(broken)}: expected no tab and no line break`);
    if (cells.length !== header.length) {
      throw new RangeError(`${cells.length} cells in ${JSON.stringify(row)}: expected ${header.length}`);
    }
    return `${cells.join("\t")}\n`;
  });
  await writeFile(file, lines.join(""));
}
