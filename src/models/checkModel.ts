import { DomainError } from "../errors.ts";
import type { StoredModel } from "../kg/models/loadModel.ts";
import { sampleEntities } from "../kg/models/sampleEntities.ts";
import type { ModelRecord, Queryable } from "../kg/types.ts";
import { findVectorSets } from "../kg/vectors/findVectorSets.ts";
import type { Model } from "../ranker/model.ts";
import { digestOf, unpackModel } from "../ranker/weights.ts";

const ASKED = 1_000;
const LEAST_KNOWN = 0.5;

/**
 * Unpacks a stored model and checks that it can rank this graph: its bytes are those of its digest, they are a
 * whole model with finite weights, and its entities are here under the keys that it knows them by.
 * @throws {DomainError} CONFIGURATION with the reason
 */
export async function checkModel(db: Queryable, { record, artifact }: StoredModel): Promise<Model> {
  const digest = digestOf(artifact);
  if (digest !== record.digest) {
    throw refuse(record, `its bytes have the digest ${digest}, expected ${record.digest}`);
  }
  const model = unpackModel(artifact);
  await assertGraph(db, record, model);
  await assertEncoders(db, record, model);
  return model;
}

async function assertGraph(db: Queryable, record: ModelRecord, { statistics }: Model): Promise<void> {
  const { asked, keys } = await sampleEntities(db, statistics.ids, ASKED);
  if (asked > 0 && keys.size < LEAST_KNOWN * asked) {
    throw refuse(
      record,
      `it was fitted on another graph: of ${asked} of its entities this graph has ${keys.size}, expected half at least`,
    );
  }
  const known = Object.keys(record.data.sample ?? {});
  const here = await sampleEntities(db, known.map(Number), ASKED);
  const strangers = [...here.keys].filter(([id, key]) => record.data.sample?.[id] !== key);
  if (strangers.length > LEAST_KNOWN * here.keys.size) {
    const [id, key] = strangers[0];
    throw refuse(
      record,
      `it was fitted on another graph: its entity ${id} is ${JSON.stringify(record.data.sample?.[id])}, here it is ${JSON.stringify(key)}`,
    );
  }
}

/** Texts that another encoder made lie in another space: likenesses across the two mean nothing. */
async function assertEncoders(db: Queryable, record: ModelRecord, { spaces }: Model): Promise<void> {
  const sets = new Map((await findVectorSets(db)).map((set) => [set.name, set]));
  for (const { name, origin } of spaces) {
    const set = sets.get(name);
    if (!origin || !set || (set.encoder === origin.encoder && set.dim === origin.sourceDim)) continue;
    const found = `the vectors "${name}" were made by ${set.encoder} (${set.dim} numbers each)`;
    throw refuse(
      record,
      `${found}, it expects ${origin.encoder} (${origin.sourceDim}): encode again, or train a new model`,
    );
  }
}

function refuse({ id }: ModelRecord, reason: string): DomainError {
  return new DomainError("CONFIGURATION", `not a usable model: ${id === "" ? "" : `model ${id}: `}${reason}`);
}
