import { crc32 } from "node:zlib";
import { DomainError } from "../../errors.ts";
import { isBigint, isText } from "./values.ts";

/** Types of the columns that a page may be ordered by. */
export type CursorType = "bigint" | "text" | "real";

const VALID: Readonly<Record<CursorType, (value: string) => boolean>> = {
  bigint: isBigint,
  text: isText,
  real: (value) => value.trim() !== "" && Number.isFinite(Number(value)),
};

/**
 * Packs the position of a row in the order called `name` into an opaque cursor: base64url of a checksum and the
 * values of the columns that order the page.
 */
export function packCursor(name: string, values: readonly string[]): string {
  const text = Buffer.from(JSON.stringify([name, ...values]));
  const packed = Buffer.allocUnsafe(text.length + 4);
  packed.writeUInt32BE(crc32(text));
  text.copy(packed, 4);
  return packed.toString("base64url");
}

/**
 * Reads the values that `packCursor` packed for the same order.
 * @throws {DomainError} BAD_USER_INPUT where the cursor is damaged or comes from a page with another order
 */
export function readCursor(cursor: string, name: string, types: readonly CursorType[]): readonly string[] {
  const packed = Buffer.from(cursor, "base64url");
  const text = packed.subarray(4);
  if (packed.toString("base64url") !== cursor || packed.length < 5 || packed.readUInt32BE() !== crc32(text)) {
    throw refusal(cursor, "is damaged");
  }
  const [of, ...values] = readStrings(text) ?? [];
  if (of !== name) throw refusal(cursor, `belongs to the page ${JSON.stringify(of)}, not to ${name}`);
  if (values.length !== types.length || !values.every((value, i) => VALID[types[i]](value))) {
    throw refusal(cursor, "is damaged");
  }
  return values;
}

function readStrings(text: Buffer): string[] | null {
  try {
    const values: unknown = JSON.parse(text.toString());
    return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : null;
  } catch {
    return null;
  }
}

function refusal(cursor: string, why: string): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `the cursor ${JSON.stringify(cursor.slice(0, 200))} ${why}; expected a cursor of an earlier answer to the same field`,
  );
}
