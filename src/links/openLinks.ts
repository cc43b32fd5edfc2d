import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { findStored } from "../kg/embeddings/findStored.ts";
import { findNewestEmbedding, loadEmbeddingArtifact } from "../kg/embeddings/loadEmbedding.ts";
import { findEntitiesByKeys } from "../kg/queries/findEntitiesByKeys.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { EmbeddingRecord, Graph, LikelyTriple, LinkQuestion } from "../kg/types.ts";
import { type BoundEmbedding, bindEmbedding } from "../ranker/embed/bindEmbedding.ts";
import { type StoredEmbedding, unpackEmbedding } from "../ranker/embed/packEmbedding.ts";
import { type LikelyLink, predictLinks } from "../ranker/embed/predictLinks.ts";

const TRAIN = 'run "whygraph embed"';
const SPARE = 100; // predictions beyond those asked for, to make up for deprecated triples

/** An embedding as it was when it was bound. */
interface Bound {
  readonly record: EmbeddingRecord;
  readonly stored: StoredEmbedding;
  readonly bound: BoundEmbedding;
  readonly revision: string;
}

/** Opens the prediction of missing triples: the newest embedding, bound to the snapshot of now. */
export function openLinks(db: Database, snapshot: Pick<LiveSnapshot, "graph">): Context["links"] {
  let held: Bound | null = null;
  const bind = async (): Promise<Bound> => {
    const record = await findNewestEmbedding(db);
    if (!record) {
      throw new DomainError("CONFIGURATION", `no embedding is trained; expected one: ${TRAIN}`);
    }
    const known = held?.record.id === record.id ? held : null;
    const { graph } = snapshot;
    if (known?.bound.graph === graph && known.revision === graph.revision) return known;
    const stored = known?.stored ?? unpackEmbedding(await loadEmbeddingArtifact(db, record.id));
    held = { record, stored, bound: bindEmbedding(stored, graph), revision: graph.revision };
    return held;
  };
  return {
    async findLikely(question) {
      const { record, bound } = await bind();
      const target = await resolveQuestion(db, bound, question);
      const links = await predictLinks(bound, { ...target, first: question.first + SPARE });
      const triples = links.map((link) => toTriple(bound.graph, link, record));
      const stored = await findStored(db, triples);
      return triples.filter((_, place) => !stored.has(place)).slice(0, question.first);
    },
  };
}

/** Indices of what is asked about. @throws {DomainError} NOT_FOUND, BAD_USER_INPUT, or CONFIGURATION where the embedding is older */
async function resolveQuestion(db: Database, bound: BoundEmbedding, { entity, relation }: LinkQuestion) {
  if (entity == null && relation == null) {
    throw new DomainError("BAD_USER_INPUT", "entity and relation are null; expected one of them or both");
  }
  return {
    entity: entity == null ? null : await resolveEntity(db, bound, entity),
    relation: relation == null ? null : resolveRelation(bound, relation),
  };
}

async function resolveEntity(db: Database, { graph, rowOf }: BoundEmbedding, key: string): Promise<number> {
  const entity = (await findEntitiesByKeys(db, [key])).get(key);
  if (!entity) {
    throw new DomainError("NOT_FOUND", `no entity "${key}"; expected the key of an entity in the graph`);
  }
  const index = graph.indexOf(entity.id);
  if (index >= 0 && rowOf(index) >= 0) return index;
  throw new DomainError(
    "CONFIGURATION",
    `the entity "${key}" had no triple when the embedding was trained; expected a newer embedding: ${TRAIN}`,
  );
}

function resolveRelation({ graph, relationRow }: BoundEmbedding, key: string): number {
  const index = graph.relations.findIndex((relation) => relation.key === key);
  if (index < 0) {
    throw new DomainError("NOT_FOUND", `no relation "${key}"; expected the key of a relation in the graph`);
  }
  if (relationRow[index] >= 0) return index;
  throw new DomainError(
    "CONFIGURATION",
    `the relation "${key}" is newer than the embedding; expected a newer embedding: ${TRAIN}`,
  );
}

function toTriple(
  graph: Graph,
  { head, relation, tail, score }: LikelyLink,
  record: EmbeddingRecord,
): LikelyTriple {
  return {
    ...{ headId: graph.idOf(head), relationId: graph.relations[relation].id, tailId: graph.idOf(tail) },
    ...{ score, model: record.model },
  };
}
