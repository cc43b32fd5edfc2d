import { isObject } from "../isObject.ts";
import { HttpError } from "../reply.ts";

export type JSONRecord = { readonly [key: string]: unknown };

/**
 * Parses a parameter that holds a JSON object.
 * @throws {HttpError} 400
 */
export function readJson(name: string, text: string): JSONRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`${name} is not JSON: ${(error as Error).message}; expected an object`);
  }
  if (isObject(value)) return value;
  throw wrong(`${name} is ${shown(value)}, expected an object`);
}

/**
 * Reads a list of at most `most` elements; a value that may stand for a list of one does where `alone` is set.
 * @throws {HttpError} 400
 */
export function readList(
  name: string,
  value: unknown,
  { most, alone = false }: { readonly most: number; readonly alone?: boolean },
): readonly unknown[] {
  const list = Array.isArray(value) ? value : alone ? [value] : null;
  if (list === null) throw wrong(`${name} is ${shown(value)}, expected a list`);
  if (list.length > most) throw wrong(`${name} has ${list.length} elements, expected at most ${most}`);
  return list;
}

/**
 * Reads a text.
 * @throws {HttpError} 400
 */
export function readText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw wrong(`${name} is ${shown(value)}, expected a text`);
}

/**
 * Reads a whole number, also one written as text; what is above `most` is `most`.
 * @throws {HttpError} 400
 */
export function readWhole(
  name: string,
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= least)
    return Math.min(number, most);
  throw wrong(`${name} is ${shown(value)}, expected a whole number from ${least}`);
}

/** Makes the error of a request that is not understood. */
export function wrong(message: string): HttpError {
  return new HttpError(400, "BAD_REQUEST", message);
}

/** Writes a value for a message, shortened. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
