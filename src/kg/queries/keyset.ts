import type { CursorType } from "./cursor.ts";
import type { Parameters } from "./parameters.ts";

export interface KeysetColumn {
  /** An expression that is never null. */
  readonly sql: string;
  readonly type: CursorType;
  readonly descending?: boolean;
}

/** A total order that a page follows: the last column is unique. */
export interface Keyset {
  /** Names the order inside cursors. */
  readonly name: string;
  readonly columns: readonly KeysetColumn[];
}

/** The `order by` list of a keyset, reversed for a page that is read from its end. */
export function orderBy(columns: readonly KeysetColumn[], reversed = false): string {
  return columns
    .map(({ sql, descending = false }) => `${sql} ${descending !== reversed ? "desc" : "asc"}`)
    .join(", ");
}

/**
 * The condition that a row lies behind (or before) the position `values` of the order. One row comparison where
 * all columns run the same way, so that an index can start there.
 */
export function isBeyond(
  columns: readonly KeysetColumn[],
  values: readonly string[],
  options: { readonly side: "after" | "before"; readonly parameters: Parameters },
): string {
  const marks = columns.map(({ type }, i) => options.parameters.add(values[i], type));
  const signs = columns.map(({ descending = false }) =>
    (options.side === "after") !== descending ? ">" : "<",
  );
  if (signs.every((sign) => sign === signs[0])) {
    return `(${columns.map(({ sql }) => sql).join(", ")}) ${signs[0]} (${marks.join(", ")})`;
  }
  const deepest = columns.length - 1;
  let condition = `${columns[deepest].sql} ${signs[deepest]} ${marks[deepest]}`;
  for (let i = deepest - 1; i >= 0; i--) {
    const { sql } = columns[i];
    condition = `${sql} ${signs[i]}= ${marks[i]} and (${sql} ${signs[i]} ${marks[i]} or ${condition})`;
  }
  return `(${condition})`;
}

/** The column of a row's own position, as text that casts back to the very same values. */
export function positionOf(columns: readonly KeysetColumn[]): string {
  return `array[${columns.map(({ sql }) => `(${sql})::text`).join(", ")}] as position`;
}
