import { isText } from "../queries/values.ts";
import type { Problem } from "../types.ts";
import { problem, shown } from "./problem.ts";

const LONGEST_KEY = 512;
/** Longest name, alias, or reason; with `SHORT_TEXT` for a type it fits an index row of Postgres in any script. */
const LONGEST_TEXT = 500;
/** Longest type of an entity or kind of an interaction. */
export const SHORT_TEXT = 100;
const DEEPEST_OBJECT = 100;
const OLDEST_TIME = Date.UTC(-4000, 0, 1);
const LATEST_TIME = Date.UTC(100_000, 0, 1);

/** The problem of a key (of an entity, a user): empty, too long, or not storable. */
export function checkKey(value: unknown, path: string): Problem[] {
  if (typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_KEY && isText(value))
    return [];
  return invalid(path, value, `text of 1 to ${LONGEST_KEY} characters`);
}

/** The problem of a text that must say something, in at most `longest` characters. */
export function checkText(value: unknown, path: string, longest = LONGEST_TEXT): Problem[] {
  if (typeof value === "string" && value.trim() !== "" && value.length <= longest && isText(value)) return [];
  return invalid(path, value, `text of 1 to ${longest} characters that is not blank`);
}

/** The problem of a number outside its range; NaN is outside every range. */
export function checkNumber(
  value: unknown,
  path: string,
  range: { readonly from: number; readonly to: number },
): Problem[] {
  if (typeof value === "number" && value >= range.from && value <= range.to) return [];
  return invalid(path, value, `a number from ${range.from} to ${range.to}`);
}

/** The problem of a time that Postgres cannot hold. */
export function checkTime(value: unknown, path: string): Problem[] {
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  if (time >= OLDEST_TIME && time <= LATEST_TIME) return [];
  return invalid(path, value instanceof Date ? String(value) : value, "a valid time");
}

/** The problem of a value that is no JSON object, or holds what Postgres cannot store. */
export function checkObject(value: unknown, path: string): Problem[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && isStorable(value)) return [];
  return invalid(
    path,
    value,
    `a JSON object of finite numbers and text without NUL characters, at most ${DEEPEST_OBJECT} deep`,
  );
}

/** Tells whether all of a JSON value survives jsonb. */
function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return isText(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "object" && value !== null) {
    if (depth >= DEEPEST_OBJECT) return false;
    return Object.entries(value).every(([key, inner]) => isText(key) && isStorable(inner, depth + 1));
  }
  return value === null || value === undefined || typeof value === "boolean";
}

/** The INVALID_VALUE problem of one field. */
export function invalid(path: string, value: unknown, expected: string): Problem[] {
  return [problem("INVALID_VALUE", path, `${path} is ${shown(value)}; expected ${expected}`)];
}
