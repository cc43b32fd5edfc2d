import type { Columns } from "./lean.ts";

/** An object whose fields lie in a JSON array. */
interface Packed {
  readonly packed: readonly unknown[];
}

/** An object whose fields lie at one place of columns that it shares with others. */
export interface InColumns {
  readonly columns: readonly (readonly unknown[])[];
  readonly at: number;
}

interface Layout<T> {
  readonly columns: Columns<T>;
  /** In the order in which they lie there, from the place `start` on. */
  readonly fields: readonly (keyof T & string)[];
  readonly start: number;
  /** Fields that the objects have otherwise. */
  readonly apart: readonly (keyof T & string)[];
}

/** Makes the class of objects whose id comes beside the array that holds their other fields. */
export function makePackedClass<T extends { readonly id: unknown }>(
  columns: Columns<T>,
  fields: readonly (keyof T & string)[],
  start: number,
): new (
  packed: readonly unknown[],
  id: T["id"],
) => T {
  class PackedRow implements Packed {
    constructor(
      readonly packed: readonly unknown[],
      readonly id: T["id"],
    ) {}
  }
  readFields<T, Packed>(
    PackedRow.prototype,
    { columns, fields, start, apart: ["id"] },
    (place) =>
      function (this: Packed) {
        return this.packed[place];
      },
  );
  return PackedRow as unknown as ReturnType<typeof makePackedClass<T>>;
}

/** Makes the class of objects whose id comes beside the columns that hold their other fields, and those of others. */
export function makeColumnClass<T extends { readonly id: unknown }>(
  columns: Columns<T>,
  fields: readonly (keyof T & string)[],
  start: number,
): new (
  columns: InColumns["columns"],
  at: number,
  id: T["id"],
) => T {
  class ColumnRow implements InColumns {
    constructor(
      readonly columns: InColumns["columns"],
      readonly at: number,
      readonly id: T["id"],
    ) {}
  }
  readColumns<T>(ColumnRow.prototype, { columns, fields, start, apart: ["id"] });
  return ColumnRow as unknown as ReturnType<typeof makeColumnClass<T>>;
}

/** Lets objects of a prototype read fields, each time they are asked for, out of their columns. */
export function readColumns<T>(prototype: InColumns, layout: Layout<T>): void {
  readFields<T, InColumns>(
    prototype,
    layout,
    (place) =>
      function (this: InColumns) {
        return this.columns[place][this.at];
      },
  );
}

/**
 * Defines what reads each field. Reading one that is not there is a bug, and throws. Unlike `makeLeanReader` it copies
 * nothing: for rows of which many come at once.
 */
function readFields<T, Row extends object>(
  prototype: Row,
  { columns, fields, start, apart }: Layout<T>,
  reader: (place: number) => (this: Row) => unknown,
): void {
  for (const name of Object.keys(columns) as (keyof T & string)[]) {
    if (apart.includes(name)) continue;
    const place = start + fields.indexOf(name);
    const get = place < start ? () => refuse(name) : reader(place);
    Object.defineProperty(prototype, name, { configurable: true, get });
  }
}

function refuse(name: string): never {
  throw new TypeError(`${name} was not selected; expected a field that the query names`);
}
