import type { Columns } from "./lean.ts";

/** An object whose fields lie in a JSON array. */
export interface Packed {
  readonly packed: readonly unknown[];
}

interface Layout<T> {
  readonly columns: Columns<T>;
  /** In the order in which they lie there, from the place `start` on. */
  readonly fields: readonly (keyof T & string)[];
  readonly start: number;
  /** Fields that the objects have otherwise. */
  readonly apart: readonly (keyof T & string)[];
}

/**
 * Lets objects of a prototype read fields, each time they are asked for, out of their JSON array. Reading one that is
 * not there is a bug, and throws. Unlike `makeLeanReader` it copies nothing: for rows of which many come at once.
 */
export function readPacked<T>(prototype: Packed, { columns, fields, start, apart }: Layout<T>): void {
  for (const name of Object.keys(columns) as (keyof T & string)[]) {
    if (apart.includes(name)) continue;
    const place = start + fields.indexOf(name);
    const read = function (this: Packed) {
      return this.packed[place];
    };
    const get = place < start ? () => refuse(name) : read;
    Object.defineProperty(prototype, name, { configurable: true, get });
  }
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
  readPacked<T>(PackedRow.prototype, { columns, fields, start, apart: ["id"] });
  return PackedRow as unknown as new (
    packed: readonly unknown[],
    id: T["id"],
  ) => T;
}

function refuse(name: string): never {
  throw new TypeError(`${name} was not selected; expected a field that the query names`);
}
