import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DomainError } from "../../errors.ts";
import type { ItemVectors } from "../../ranker/evaluate/types.ts";

/**
 * Reads vectors of items: `file`.f32 holds rows of float32, little-endian, and the file of the same name with
 * the ending .keys.txt the item key of each row. Items without a row have a vector of zeros; keys of no item are
 * passed over.
 * @throws {DomainError} BAD_USER_INPUT where a file is missing, the sizes do not fit or no key is an item's
 */
export async function readVectors(file: string, itemKeys: readonly string[]): Promise<ItemVectors> {
  const base = file.replace(/\.f32$/, "");
  const [bytes, text] = await Promise.all([readWhole(`${base}.f32`), readWhole(`${base}.keys.txt`)]);
  const keys = text
    .toString("utf8")
    .split(/\r?\n/)
    .filter((key) => key !== "");
  const dim = bytes.length / 4 / keys.length;
  if (!Number.isInteger(dim) || dim === 0) {
    throw refuse(
      `${base}.f32 has ${bytes.length} bytes for ${keys.length} keys; expected 4 × dimensions for each`,
    );
  }
  const itemOf = new Map(itemKeys.map((key, item) => [key, item]));
  const values = new Float32Array(itemKeys.length * dim);
  let found = 0;
  keys.forEach((key, row) => {
    const item = itemOf.get(key);
    if (item === undefined) return;
    found++;
    for (let k = 0; k < dim; k++) {
      const value = bytes.readFloatLE(4 * (row * dim + k));
      if (!Number.isFinite(value))
        throw refuse(`${base}.f32 has ${value} in the row of "${key}"; expected a number`);
      values[item * dim + k] = value;
    }
  });
  if (found === 0)
    throw refuse(`${base}.keys.txt starts with "${keys[0]}"; expected keys of items of the data set`);
  return { name: basename(base), dim, values };
}

async function readWhole(file: string): Promise<Buffer> {
  return readFile(file).catch((error: Error) => {
    throw refuse(`cannot read ${file}: ${error.message}; expected vectors and their keys beside each other`);
  });
}

function refuse(reason: string): DomainError {
  return new DomainError("BAD_USER_INPUT", `--vectors: ${reason}`);
}
