import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";
import type { Model, Statistics } from "./model.ts";

const MAGIC = "WHYGRAPH-MODEL-1\n";
const ARRAYS = [
  ["ids", Float64Array],
  ["degree", Uint32Array],
  ["popularity", Uint32Array],
  ["offsets", Uint32Array],
  ["neighbour", Uint32Array],
  ["similarity", Float32Array],
] as const;

interface Header {
  readonly config: Model["config"];
  readonly weights: Model["weights"];
  /** Elements of each array, in the order of ARRAYS. */
  readonly lengths: readonly number[];
}

/** Packs a model into bytes: a magic line, a JSON header line, then the arrays, little-endian, 8-aligned. */
export function packModel(model: Model): Buffer {
  const arrays = ARRAYS.map(([name]) => model.statistics[name]);
  const header: Header = {
    config: model.config,
    weights: model.weights,
    lengths: arrays.map((array) => array.length),
  };
  const head = Buffer.from(`${MAGIC}${JSON.stringify(header)}\n`);
  const parts = [head, padding(head.length)];
  for (const array of arrays) {
    parts.push(Buffer.from(array.buffer, array.byteOffset, array.byteLength), padding(array.byteLength));
  }
  return Buffer.concat(parts);
}

/**
 * Unpacks a model.
 * @throws {DomainError} CONFIGURATION where the bytes are no model, are cut short, or hold a weight that is no
 * finite number
 */
export function unpackModel(bytes: Buffer): Model {
  const magic = bytes.subarray(0, MAGIC.length).toString();
  if (magic !== MAGIC)
    throw refuse(`it starts with ${JSON.stringify(magic)}, expected ${JSON.stringify(MAGIC)}`);
  const end = bytes.indexOf("\n", MAGIC.length);
  if (end < 0) throw refuse("its header has no end");
  const { config, weights, lengths } = JSON.parse(bytes.subarray(MAGIC.length, end).toString()) as Header;
  let at = align(end + 1);
  const statistics: Record<string, unknown> = {};
  ARRAYS.forEach(([name, Type], position) => {
    const size = lengths[position] * Type.BYTES_PER_ELEMENT;
    if (at + size > bytes.length)
      throw refuse(`it ends at byte ${bytes.length}, expected ${at + size} for ${name}`);
    const copy = new ArrayBuffer(size); // its own memory: a view into a pooled Buffer may be unaligned
    new Uint8Array(copy).set(bytes.subarray(at, at + size));
    statistics[name] = new Type(copy);
    at = align(at + size);
  });
  const model: Model = { config, weights, statistics: statistics as unknown as Statistics };
  assertFinite(model);
  return model;
}

/** SHA-256 of the bytes, in hex. */
export function digestOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function assertFinite({ weights, statistics }: Model): void {
  const { relations, ...plain } = weights;
  for (const [name, weight] of [...Object.entries(plain), ...Object.entries(relations)]) {
    if (!Number.isFinite(weight)) throw refuse(`its weight ${name} is ${weight}, expected a finite number`);
  }
  const bad = statistics.similarity.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw refuse(`its similarity ${bad} is ${statistics.similarity[bad]}, expected a finite number`);
}

function refuse(reason: string): DomainError {
  return new DomainError("CONFIGURATION", `not a usable model: ${reason}`);
}

function align(at: number): number {
  return Math.ceil(at / 8) * 8;
}

function padding(length: number): Buffer {
  return Buffer.alloc(align(length) - length);
}
