import { createHash } from "node:crypto";
import type { Database } from "./kg/database.ts";
import type { EntityId, Graph } from "./kg/types.ts";
import { dropMerged } from "./kg/vectors/dropMerged.ts";
import { openVectorSet } from "./kg/vectors/openVectorSet.ts";
import { readDigests } from "./kg/vectors/readDigests.ts";
import { readWords, type Words } from "./kg/vectors/readWords.ts";
import { announceVectors, type EntityVector, writeVectors } from "./kg/vectors/writeVectors.ts";
import type { Encoder } from "./ranker/text/Encoder.ts";
import { type Fact, findFacts } from "./ranker/text/findFacts.ts";
import { type EntityText, verbaliseEntity } from "./ranker/text/verbaliseEntity.ts";

const ENTITIES_PER_BATCH = 128; // encoded and written at a time

export interface EncodeOptions {
  /** Name of the vector set; "text" where absent. */
  readonly set?: string;
  /** The others keep the vectors that they have. */
  readonly itemsOnly?: boolean;
  /** Ends the work after the batch in hand; what is written stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface EncodeResult {
  readonly set: string;
  readonly encoder: string;
  readonly dim: number;
  /** Entities whose words were made new vectors of. */
  readonly encoded: number;
  /** Entities whose words are as they were. */
  readonly unchanged: number;
  /** Entities that cannot be encoded, by the reason; those that were refused before count as unchanged. */
  readonly refused: { readonly [reason: string]: number };
  /** Vectors of entities that were merged into others. */
  readonly removed: number;
  readonly finished: boolean;
  readonly seconds: number;
}

interface Wording extends EntityText {
  readonly id: EntityId;
  readonly digest: Buffer;
}

/**
 * Encodes the words of all entities, items first, and stores the vectors; only entities whose words have changed
 * go through the encoder. Stopped at any moment, it goes on where it was.
 * @throws {DomainError} CONFLICT where another encoder made the vectors that the set holds
 */
export async function encodeEntities(
  db: Database,
  graph: Graph,
  { encoder, ...options }: EncodeOptions & { readonly encoder: Encoder },
): Promise<EncodeResult> {
  const started = performance.now();
  const { set = "text", signal, onProgress } = options;
  const setId = await openVectorSet(db, { name: set, kind: "TEXT", encoder: encoder.id, dim: encoder.dim });
  const order = listEntities(graph, options.itemsOnly === true);
  const counts = { encoded: 0, unchanged: 0, refused: {} as Record<string, number>, removed: 0 };
  let done = 0;
  onProgress?.(0, order.length);
  try {
    counts.removed = await dropMerged(db, setId);
    while (done < order.length && !signal?.aborted) {
      const batch = order.slice(done, done + ENTITIES_PER_BATCH);
      count(counts, await encodeBatch({ db, graph, encoder, setId }, batch));
      done += batch.length;
      onProgress?.(done, order.length);
    }
  } finally {
    const { encoded, removed, refused } = counts;
    if (encoded + removed + Object.keys(refused).length > 0) await announceVectors(db, setId);
  }
  const seconds = (performance.now() - started) / 1000;
  return { set, encoder: encoder.id, dim: encoder.dim, ...counts, finished: done === order.length, seconds };
}

interface Work {
  readonly db: Database;
  readonly graph: Graph;
  readonly encoder: Encoder;
  readonly setId: number;
}

/** Encodes those whose words have changed, stores what comes of it and gives it. */
async function encodeBatch({ db, graph, encoder, setId }: Work, indices: readonly number[]): Promise<Batch> {
  const wordings = await wordEntities(db, graph, indices, encoder);
  const known = await readDigests(
    db,
    setId,
    wordings.map(({ id }) => id),
  );
  const changed = wordings.filter(({ id, digest }) => !known.get(id)?.equals(digest));
  const rows = await encodeWordings(encoder, changed);
  await writeVectors(db, setId, rows);
  return { unchanged: wordings.length - rows.length, rows };
}

interface Batch {
  readonly unchanged: number;
  readonly rows: readonly EntityVector[];
}

function listEntities(graph: Graph, itemsOnly: boolean): number[] {
  const items: number[] = [];
  const others: number[] = [];
  for (let index = 0; index < graph.size; index++) (graph.isItem(index) ? items : others).push(index);
  return itemsOnly ? items : [...items, ...others];
}

/** Two statements: the words of the entities, and the names of those that their facts lead to. */
async function wordEntities(
  db: Database,
  graph: Graph,
  indices: readonly number[],
  encoder: Encoder,
): Promise<Wording[]> {
  const own = await readWords(
    db,
    indices.map((index) => graph.idOf(index)),
  );
  const found = indices.map((index) => ({ id: graph.idOf(index), facts: findFacts(graph, index) }));
  const around = await readNames(
    db,
    graph,
    found.flatMap(({ facts }) => facts),
  );
  return found.flatMap(({ id, facts }) => {
    const words = own.get(id);
    if (!words) return []; // merged or removed
    const nameOf = (index: number) => around.get(graph.idOf(index))?.name ?? "";
    const worded = verbaliseEntity({ ...words, facts, nameOf }, encoder);
    return [{ id, ...worded, digest: createHash("sha256").update(worded.text).digest() }];
  });
}

function readNames(db: Database, graph: Graph, facts: readonly Fact[]): Promise<Map<EntityId, Words>> {
  const neighbours = new Set(facts.flatMap(({ neighbours }) => neighbours));
  return readWords(
    db,
    Array.from(neighbours, (index) => graph.idOf(index)),
  );
}

async function encodeWordings(encoder: Encoder, wordings: readonly Wording[]): Promise<EntityVector[]> {
  const reasons = wordings.map(({ content }) => encoder.whyNot(content));
  const readable = wordings.filter((_, at) => reasons[at] === null);
  const vectors = readable.length > 0 ? await encoder.encode(readable.map(({ text }) => text)) : [];
  let next = 0;
  return wordings.map(({ id, digest, text }, at) => {
    const vector = reasons[at] === null ? vectors[next++] : null;
    const reason = vector ? null : (reasons[at] ?? encoder.whyNot(text) ?? "the encoder gives no vector");
    return { entityId: id, digest, vector, reason };
  });
}

function count(
  counts: { encoded: number; unchanged: number; refused: Record<string, number> },
  { unchanged, rows }: Batch,
): void {
  counts.unchanged += unchanged;
  for (const { reason } of rows) {
    if (reason === null) counts.encoded++;
    else counts.refused[reason] = (counts.refused[reason] ?? 0) + 1;
  }
}
