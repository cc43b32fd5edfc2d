import { DomainError } from "../../errors.ts";
import type { Page, PageArguments } from "../types.ts";
import { packCursor, readCursor } from "./cursor.ts";
import { isBeyond, type Keyset, orderBy, positionOf } from "./keyset.ts";
import type { Parameters } from "./parameters.ts";

/** The most rows that one page gives. */
export const PAGE_LIMIT = 100;
/** Rows of a page that names neither `first` nor `last`. */
export const PAGE_DEFAULT = 20;

/** Page arguments that passed their checks. */
export interface PageWindow {
  readonly keyset: Keyset;
  readonly size: number;
  /** The page is the last one before `before`, not the first one after `after`. */
  readonly fromEnd: boolean;
  readonly after: readonly string[] | null;
  readonly before: readonly string[] | null;
}

/** A row of a page, with the values of the keyset's columns. */
export interface Positioned {
  readonly position: readonly string[];
}

/**
 * Checks page arguments against the order they page through.
 * @throws {DomainError} BAD_USER_INPUT for a bad size, `first` with `last`, or a cursor of another order
 */
export function readWindow(page: PageArguments, keyset: Keyset): PageWindow {
  const { first, last } = page;
  if (first != null && last != null) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `first is ${first} and last is ${last}; expected only one of them`,
    );
  }
  const size = first ?? last ?? PAGE_DEFAULT;
  if (!Number.isInteger(size) || size < 0 || size > PAGE_LIMIT) {
    const name = last == null ? "first" : "last";
    throw new DomainError(
      "BAD_USER_INPUT",
      `${name} is ${size}; expected an integer from 0 to ${PAGE_LIMIT}`,
    );
  }
  const types = keyset.columns.map(({ type }) => type);
  const read = (cursor: string | null | undefined) =>
    cursor == null ? null : readCursor(cursor, keyset.name, types);
  return { keyset, size, fromEnd: last != null, after: read(page.after), before: read(page.before) };
}

/** SQL of a page: conditions for its bounds, its order, its limit (one row more, to see if there are more). */
export function pageSql(window: PageWindow, parameters: Parameters) {
  const { columns } = window.keyset;
  const bounds: string[] = [];
  if (window.after) bounds.push(isBeyond(columns, window.after, { side: "after", parameters }));
  if (window.before) bounds.push(isBeyond(columns, window.before, { side: "before", parameters }));
  return {
    bounds,
    position: positionOf(columns),
    order: orderBy(columns, window.fromEnd),
    limit: parameters.add(window.size + 1, "integer"),
  };
}

/** Makes the page out of up to `size + 1` rows, which come in the order the statement read them. */
export function makePage<R extends Positioned, T>(
  rows: readonly R[],
  window: PageWindow,
  read: (row: R) => T,
): Page<T> {
  const more = rows.length > window.size;
  const kept = more ? rows.slice(0, window.size) : [...rows];
  if (window.fromEnd) kept.reverse();
  return {
    edges: kept.map((row) => new Edge(window.keyset.name, row.position, read(row))),
    hasNextPage: window.fromEnd ? window.before !== null : more,
    hasPreviousPage: window.fromEnd ? more : window.after !== null,
  };
}

/** Packs its cursor only when asked, because most queries read nodes alone. */
class Edge<T> {
  readonly #name: string;
  readonly #position: readonly string[];

  constructor(
    name: string,
    position: readonly string[],
    readonly node: T,
  ) {
    this.#name = name;
    this.#position = position;
  }

  get cursor(): string {
    return packCursor(this.#name, this.#position);
  }
}
