import { DomainError } from "../../../errors.ts";
import { BadRow } from "../badRow.ts";

/** Reads one column of a row; null where the source does not have the column, or leaves the cell empty. */
export type Column = (cells: readonly string[]) => string | null;

export interface Columns {
  /** A column by any of its names; null everywhere where the header has none of them. */
  optional(...names: readonly string[]): Column;
  /** @throws {DomainError} where the header has none of the names */
  required(...names: readonly string[]): (cells: readonly string[]) => string;
  /** Names of the columns that nobody asked for so far. */
  rest(): readonly string[];
}

/**
 * Finds columns by their names in a header.
 * @param decode turns a cell as written into its text, or null for "not stated"
 * @throws {DomainError} BAD_USER_INPUT where a name stands twice
 */
export function findColumns(
  file: string,
  header: readonly string[],
  decode: (cell: string) => string | null = (cell) => (cell === "" ? null : cell),
): Columns {
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `${file} has two columns "${twice}"; expected each name once in the header`,
    );
  }
  const asked = new Set<string>();
  const find = (wanted: readonly string[]): number => {
    const name = wanted.find((one) => names.includes(one));
    if (name === undefined) return -1;
    asked.add(name);
    return names.indexOf(name);
  };
  return {
    optional(...wanted) {
      const at = find(wanted);
      return at < 0 ? () => null : (cells) => decode(cells[at]);
    },
    required(...wanted) {
      const at = find(wanted);
      if (at < 0) {
        throw new DomainError(
          "BAD_USER_INPUT",
          `${file} has no column "${wanted[0]}" but ${names.map((name) => `"${name}"`).join(", ")}; expected ` +
            `"${wanted[0]}" in the header`,
        );
      }
      return (cells) => decode(cells[at]) ?? "";
    },
    rest: () => names.filter((name) => !asked.has(name)),
  };
}

/** Reads a list: a JSON array of texts, or texts with "|" between them. */
export function readList(column: string, cell: string | null): readonly string[] | null {
  if (cell === null) return null;
  if (!cell.startsWith("[")) return cell === "" ? [] : cell.split("|").map((one) => one.trim());
  let value: unknown;
  try {
    value = JSON.parse(cell);
  } catch {
    value = null;
  }
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new BadRow(
    `${column} is ${cell.slice(0, 60)}; expected a JSON array of texts, or texts separated by "|"`,
  );
}
