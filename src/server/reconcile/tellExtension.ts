import type { ExtendedColumn, PropertyValue } from "../../reader/reconcile/types.ts";
import { tellType } from "./tellMatches.ts";

const LARGEST_INT = 2 ** 31 - 1; // OpenRefine reads an int into 32 bits
const TIME =
  /^-?(?:[1-9]\d*)?\d{4}-(?:1[0-2]|0[1-9])-(?:3[01]|0[1-9]|[12]\d)T(?:2[0-3]|[01]\d):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:2[0-3]|[01]\d):[0-5]\d)?$/;

/**
 * Tells columns as a data extension response: each id has each property, with no values where it has none.
 * @see https://reconciliation-api.github.io/specs/0.2/#data-extension-responses
 */
export function tellExtension(ids: readonly string[], columns: readonly ExtendedColumn[]): object {
  const cellsOf = (place: number) =>
    Object.fromEntries(columns.map(({ property, values }) => [property.id, values[place].map(tellValue)]));
  return {
    meta: columns.map(({ property: { id, name }, type }) => ({
      ...{ id, name },
      ...(type === null ? {} : { type: tellType(type) }),
    })),
    rows: Object.fromEntries(ids.map((id, place) => [id, cellsOf(place)])),
  };
}

function tellValue(value: PropertyValue): object {
  if ("key" in value) return { id: value.key, name: value.name };
  const { literal } = value;
  if (typeof literal === "number") {
    return Number.isInteger(literal) && Math.abs(literal) <= LARGEST_INT
      ? { int: literal }
      : { float: literal };
  }
  if (typeof literal === "string" && TIME.test(literal)) return { date: literal };
  return { str: String(literal) }; // 0.2 has no boolean values
}
