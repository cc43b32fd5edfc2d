import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";
import type { Gates } from "./gates.ts";
import type { Model, NeighbourLists } from "./model.ts";
import { evenStarts, quantiseRows, type RowStarts, restoreRows } from "./quantise.ts";
import type { Origin, VectorSpace } from "./spaces.ts";

const MAGIC = "WHYGRAPH-MODEL-2\n";
const TYPES = { Float64Array, Uint32Array, Float32Array, Int8Array } as const;
type Numbers = Float64Array | Uint32Array | Float32Array | Int8Array;

/** Everything of a model but its arrays; those follow, in the order of `arrays`. */
interface Header {
  readonly config: Model["config"];
  readonly weights: Model["weights"];
  readonly liveScale: number;
  readonly spaces: readonly SpaceHeader[];
  readonly gates: Omit<Gates, "embedding"> | null;
  readonly arrays: readonly {
    readonly name: string;
    readonly type: keyof typeof TYPES;
    readonly length: number;
  }[];
}

/** A space without its arrays; `directed` where `from` and `to` are two. */
type SpaceHeader = Pick<VectorSpace, "name" | "kind" | "dim" | "halfLife"> & {
  readonly directed: boolean;
  readonly origin: Pick<Origin, "encoder" | "sourceDim"> | null;
};

/** Packs a model into bytes: a magic line, a JSON header line, then the arrays, little-endian, 8-aligned. */
export function packModel(model: Model): Buffer {
  const arrays = listArrays(model);
  const header: Header = {
    config: model.config,
    weights: model.weights,
    liveScale: model.liveScale,
    spaces: model.spaces.map(({ name, kind, dim, halfLife, origin, from, to }) => ({
      ...{ name, kind, dim, halfLife, directed: from !== to },
      origin: origin && { encoder: origin.encoder, sourceDim: origin.sourceDim },
    })),
    gates: model.gates && { dim: model.gates.dim, query: model.gates.query, offset: model.gates.offset },
    arrays: arrays.map(([name, array]) => ({
      name,
      type: array.constructor.name as keyof typeof TYPES,
      length: array.length,
    })),
  };
  const head = Buffer.from(`${MAGIC}${JSON.stringify(header)}\n`);
  const parts = [head, padding(head.length)];
  for (const [, array] of arrays) {
    parts.push(Buffer.from(array.buffer, array.byteOffset, array.byteLength), padding(array.byteLength));
  }
  return Buffer.concat(parts);
}

function listArrays({ config, statistics, sources, spaces, gates }: Model): [string, Numbers][] {
  const { ids, degree, popularity, recent } = statistics;
  const rows = (name: string, values: Float32Array, starts: RowStarts) => {
    if (config.bits === 32) return arrays.push([name, values]);
    const { codes, scale } = quantiseRows(values, starts);
    return arrays.push([`${name}.codes`, codes], [`${name}.scale`, scale]);
  };
  const arrays: [string, Numbers][] = [
    ["ids", ids],
    ["degree", degree],
    ["popularity", popularity],
    ["recent", recent],
  ];
  sources.forEach(({ offsets, neighbour, similarity }, at) => {
    arrays.push([`offsets.${at}`, offsets], [`neighbour.${at}`, neighbour]);
    rows(`similarity.${at}`, similarity, offsets);
  });
  spaces.forEach(({ origin, dim, from, to }, at) => {
    if (origin) arrays.push([`mean.${at}`, origin.mean], [`projection.${at}`, origin.projection]);
    rows(`from.${at}`, from, evenStarts(from.length, dim));
    if (to !== from) rows(`to.${at}`, to, evenStarts(to.length, dim));
  });
  if (gates) arrays.push(["embedding", gates.embedding]);
  return arrays;
}

/**
 * Unpacks a model.
 * @throws {DomainError} CONFIGURATION where the bytes are no model, are cut short, or hold a weight that is no
 * finite number
 */
export function unpackModel(bytes: Buffer): Model {
  const { header, start } = readHeader(bytes);
  const arrays = readArrays(bytes, header.arrays, start);
  const take = <T extends Numbers>(name: string): T => {
    const array = arrays.get(name);
    if (!array) throw refuse(`it has no array ${name}`);
    return array as T;
  };
  const takeRows = (name: string, starts: RowStarts): Float32Array => {
    if (header.config.bits !== 8) return take<Float32Array>(name);
    const rows = { codes: take<Int8Array>(`${name}.codes`), scale: take<Float32Array>(`${name}.scale`) };
    if (rows.scale.length !== starts.length - 1 || rows.codes.length !== starts[starts.length - 1]) {
      throw refuse(
        `its ${name} has ${rows.codes.length} codes in ${rows.scale.length} rows, expected another shape`,
      );
    }
    return restoreRows(rows, starts);
  };
  const entities = take("ids").length;
  const model: Model = {
    config: header.config,
    weights: header.weights,
    liveScale: header.liveScale,
    statistics: {
      ids: take("ids"),
      degree: take("degree"),
      popularity: take("popularity"),
      recent: take("recent"),
    },
    sources: header.config.sources.map((_, at): NeighbourLists => {
      const offsets = take<Uint32Array>(`offsets.${at}`);
      return {
        offsets,
        neighbour: take(`neighbour.${at}`),
        similarity: takeRows(`similarity.${at}`, offsets),
      };
    }),
    spaces: header.spaces.map(({ name, kind, dim, halfLife, directed, origin }, at): VectorSpace => {
      const starts = evenStarts(entities * dim, dim);
      const from = takeRows(`from.${at}`, starts);
      const arrays = origin && {
        mean: take<Float32Array>(`mean.${at}`),
        projection: take<Float32Array>(`projection.${at}`),
      };
      return {
        ...{ name, kind, dim, halfLife, from },
        origin: origin && arrays && { ...origin, ...arrays },
        to: directed ? takeRows(`to.${at}`, starts) : from,
      };
    }),
    gates: header.gates && { ...header.gates, embedding: take("embedding") },
  };
  assertFinite(header, arrays);
  assertRows(model);
  return model;
}

function readHeader(bytes: Buffer): { readonly header: Header; readonly start: number } {
  const magic = bytes.subarray(0, MAGIC.length).toString();
  if (magic !== MAGIC)
    throw refuse(`it starts with ${JSON.stringify(magic)}, expected ${JSON.stringify(MAGIC)}`);
  const end = bytes.indexOf("\n", MAGIC.length);
  if (end < 0) throw refuse("its header has no end");
  try {
    return { header: JSON.parse(bytes.subarray(MAGIC.length, end).toString()), start: align(end + 1) };
  } catch (error) {
    throw refuse(`its header is no JSON: ${(error as Error).message}`);
  }
}

function readArrays(bytes: Buffer, arrays: Header["arrays"], start: number): Map<string, Numbers> {
  let at = start;
  return new Map(
    arrays.map(({ name, type, length }) => {
      const Type = TYPES[type];
      if (!Type) throw refuse(`its array ${name} is a ${type}, expected one of ${Object.keys(TYPES)}`);
      const size = length * Type.BYTES_PER_ELEMENT;
      if (at + size > bytes.length)
        throw refuse(`it ends at byte ${bytes.length}, expected ${at + size} for ${name}`);
      const copy = new ArrayBuffer(size); // its own memory: a view into a pooled Buffer may be unaligned
      new Uint8Array(copy).set(bytes.subarray(at, at + size));
      at = align(at + size);
      return [name, new Type(copy)];
    }),
  );
}

/** SHA-256 of the bytes, in hex. */
export function digestOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function assertFinite({ weights, gates, liveScale }: Header, arrays: ReadonlyMap<string, Numbers>): void {
  const plain: [string, unknown][] = [
    ["bias", weights.bias],
    ["liveScale", liveScale],
  ];
  for (const [group, shape] of Object.entries({ ...weights.shapes, other: weights.otherRelation })) {
    for (const [part, value] of Object.entries(shape)) plain.push([`${group}.${part}`, value]);
  }
  for (const [group, query] of Object.entries(gates?.query ?? {})) {
    for (const value of query) plain.push([`query ${group}`, value]);
  }
  for (const [group, offset] of Object.entries(gates?.offset ?? {})) plain.push([`offset ${group}`, offset]);
  for (const [name, value] of plain) {
    // JSON writes NaN and Infinity as null.
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw refuse(`its weight ${name} is ${value}, expected a finite number`);
    }
  }
  for (const [name, array] of arrays) {
    const bad = array.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw refuse(`its ${name} ${bad} is ${array[bad]}, expected a finite number`);
  }
}

/** The arrays must fit each other, or a look-up would read past their ends. */
function assertRows({ statistics, sources, spaces, gates }: Model): void {
  const entities = statistics.ids.length;
  const expect = (name: string, length: number, wanted: number) => {
    if (length !== wanted) throw refuse(`its ${name} has ${length} entries, expected ${wanted}`);
  };
  expect("degree", statistics.degree.length, entities);
  expect("popularity", statistics.popularity.length, entities);
  expect("recent", statistics.recent.length, entities);
  sources.forEach(({ offsets, neighbour, similarity }, at) => {
    expect(`offsets.${at}`, offsets.length, entities + 1);
    expect(`neighbour.${at}`, neighbour.length, offsets[entities]);
    expect(`similarity.${at}`, similarity.length, offsets[entities]);
    const far = neighbour.findIndex((position) => position >= entities);
    if (far >= 0) throw refuse(`its neighbour.${at} ${far} is ${neighbour[far]}, expected below ${entities}`);
  });
  spaces.forEach(({ name, dim, origin, from, to }) => {
    expect(`from of ${name}`, from.length, dim * entities);
    expect(`to of ${name}`, to.length, dim * entities);
    if (!origin) return;
    expect(`mean of ${name}`, origin.mean.length, origin.sourceDim);
    expect(`projection of ${name}`, origin.projection.length, dim * origin.sourceDim);
  });
  if (gates) expect("embedding", gates.embedding.length, gates.dim * entities);
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
