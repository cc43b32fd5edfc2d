import { DomainError } from "../../../errors.ts";
import type { ChosenColumns, VectorColumns } from "./types.ts";

const KEYS = ["key", "entity", "item", "id"];

/**
 * Chooses the column of the keys (one called key, entity, item or id, else the first) and those of the numbers.
 * @throws {DomainError} BAD_USER_INPUT where a named column is missing or there is none for the numbers
 */
export function chooseColumns(columns: readonly string[], wanted: VectorColumns): ChosenColumns {
  const find = (name: string) => {
    if (columns.includes(name)) return name;
    throw new DomainError(
      "BAD_USER_INPUT",
      `no column is called "${name}"; expected one of ${columns.join(", ")}`,
    );
  };
  const key =
    wanted.key === undefined ? (KEYS.find((name) => columns.includes(name)) ?? columns[0]) : find(wanted.key);
  const values = wanted.vector === undefined ? columns.filter((name) => name !== key) : [find(wanted.vector)];
  if (key === undefined || values.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the columns are ${columns.join(", ") || "none"}; expected one of keys and at least one of numbers`,
    );
  }
  return { key, values };
}
