import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { storeEmbedding } from "../kg/embeddings/storeEmbedding.ts";
import type { EmbeddingRecord, Graph } from "../kg/types.ts";
import { compactTriples } from "../ranker/embed/compactTriples.ts";
import { fitEmbedding } from "../ranker/embed/fitEmbedding.ts";
import { listTriples } from "../ranker/embed/listTriples.ts";
import { packEmbedding } from "../ranker/embed/packEmbedding.ts";
import type { TrainHooks } from "../ranker/embed/trainEmbeddings.ts";
import type { EmbedConfig } from "../ranker/embed/types.ts";

/**
 * Trains vectors of entities and relations on the graph and stores them; from then on they predict. It keeps
 * its thread busy for seconds to minutes.
 * @throws {DomainError} CONFIGURATION where the graph has no triple
 */
export async function fitLinks(
  db: Database,
  graph: Graph,
  { config, ...hooks }: { readonly config: EmbedConfig } & Omit<TrainHooks, "validate">,
): Promise<EmbeddingRecord> {
  if (graph.tripleCount === 0) {
    throw new DomainError("CONFIGURATION", "the graph has 0 triples; expected some to train on");
  }
  const dataRevision = graph.revision;
  const { triples, entities } = compactTriples(listTriples(graph));
  const relationIds = Int32Array.from(graph.relations, ({ id }) => id);
  const entityIds = Float64Array.from(entities, (index) => Number(graph.idOf(index)));
  const { embedding, calibration, metrics } = await fitEmbedding(triples, config, hooks);
  const artifact = packEmbedding({ embedding, calibration, entityIds, relationIds });
  const settings = { ...config };
  return storeEmbedding(db, {
    ...{ model: config.model, config: settings, dataRevision, metrics, artifact },
    configDigest: digestOf(JSON.stringify(settings)),
    digest: digestOf(artifact),
  });
}

function digestOf(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
