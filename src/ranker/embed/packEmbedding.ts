import { DomainError } from "../../errors.ts";
import { packArrays, unpackArrays } from "../optimise/packArrays.ts";
import type { Calibration } from "./Calibration.ts";
import { findScorer } from "./findScorer.ts";
import { EMBEDDING_MODELS, type Embedding, type EmbeddingModel } from "./types.ts";

const MAGIC = "WHYGRAPH-EMBEDDING-1";
const WHAT = "embedding";

/** Vectors that know which entities and relations of the database they are of. */
export interface StoredEmbedding {
  readonly embedding: Embedding;
  readonly calibration: Calibration;
  /** [E] database identities, ascending. */
  readonly entityIds: Float64Array;
  /** [R] database identities. */
  readonly relationIds: Int32Array;
}

interface Header {
  readonly model: EmbeddingModel;
  readonly dimension: number;
  readonly slope: number;
}

/** Packs an embedding into bytes, with a checksum. */
export function packEmbedding(stored: StoredEmbedding): Buffer {
  const { embedding, calibration, entityIds, relationIds } = stored;
  const { model, dimension, entities, relations } = embedding;
  return packArrays<Header>(MAGIC, {
    header: { model, dimension, slope: calibration.slope },
    arrays: { entityIds, relationIds, entities, relations, offsets: calibration.offsets },
  });
}

/** Unpacks an embedding. @throws {DomainError} CONFIGURATION where the bytes are not a whole one with finite numbers */
export function unpackEmbedding(bytes: Buffer): StoredEmbedding {
  const { header, arrays } = unpackArrays<Header>(bytes, MAGIC, WHAT);
  const { model, dimension, slope } = header;
  if (!EMBEDDING_MODELS.includes(model)) {
    throw refuse(`its model is "${model}", expected ${EMBEDDING_MODELS.join(", ")}`);
  }
  const { entityIds, relationIds, entities, relations, offsets } = arrays;
  const width = findScorer(model).relationWidth(dimension);
  for (const [name, array, length] of [
    ["entities", entities, entityIds?.length * dimension],
    ["relations", relations, relationIds?.length * width],
    ["offsets", offsets, relationIds?.length * 2],
  ] as const) {
    if (!(array instanceof Float32Array) || array.length !== length) {
      throw refuse(`its array ${name} has ${array?.length} numbers, expected ${length}`);
    }
    const broken = array.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw refuse(`its ${name} ${broken} is ${array[broken]}, expected a finite number`);
  }
  return {
    embedding: { model, dimension, entities: entities as Float32Array, relations: relations as Float32Array },
    calibration: { slope, offsets: offsets as Float32Array },
    entityIds: entityIds as Float64Array,
    relationIds: relationIds as Int32Array,
  };
}

function refuse(reason: string): DomainError {
  return new DomainError("CONFIGURATION", `not a usable ${WHAT}: ${reason}`);
}
