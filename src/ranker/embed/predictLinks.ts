import { setImmediate } from "node:timers/promises";
import type { Graph } from "../../kg/types.ts";
import type { BoundEmbedding } from "./bindEmbedding.ts";
import { calibrate, slotOf } from "./Calibration.ts";
import { hasTriple } from "./hasTriple.ts";
import { makeQueryScorer } from "./makeQueryScorer.ts";
import type { Side } from "./types.ts";

/** Heads that are asked where only the relation is given: those with the most triples, which are known best. */
const HEADS = 256;
const SLICE_MS = 10; // then other requests have their turn

/** Which triples to predict, by indices in the graph; at least one of the two is given. */
export interface PredictOptions {
  readonly entity: number | null;
  readonly relation: number | null;
  readonly first: number;
}

/** A triple that the graph does not have, by indices in the graph. */
export interface LikelyLink {
  readonly head: number;
  readonly relation: number;
  readonly tail: number;
  /** 0..1, see `Calibration`. */
  readonly score: number;
}

interface Question {
  readonly side: Side;
  readonly entity: number;
  readonly relation: number;
}

/**
 * Predicts the likeliest triples that the graph does not have: those of one entity, at both ends of each
 * relation whose ends are of its type; of one entity and relation; or of one relation, asked of the 256 of its
 * heads with the most triples. It keeps to the types seen at each end, to `maxPerHead`, and never gives one that
 * exists, a symmetric one turned round, or an entity with itself. Likeliest first.
 */
export async function predictLinks(bound: BoundEmbedding, options: PredictOptions): Promise<LikelyLink[]> {
  const best: LikelyLink[] = [];
  let pause = performance.now() + SLICE_MS;
  for (const question of listQuestions(bound, options)) {
    answer(bound, question, { best, first: options.first });
    if (performance.now() < pause) continue;
    await setImmediate();
    pause = performance.now() + SLICE_MS;
  }
  return best;
}

function* listQuestions(bound: BoundEmbedding, { entity, relation }: PredictOptions): Generator<Question> {
  const { graph, relationRow } = bound;
  const relations = relation === null ? [...graph.relations.keys()] : [relation];
  for (const index of relations.filter((one) => relationRow[one] >= 0)) {
    if (entity === null) {
      for (const head of findHeads(bound, index)) yield { side: "TAIL", entity: head, relation: index };
    } else if (bound.rowOf(entity) >= 0) {
      if (bound.fits("HEAD", index, entity)) yield { side: "TAIL", entity, relation: index };
      const turned = graph.relations[index].symmetric && bound.fits("HEAD", index, entity);
      if (!turned && bound.fits("TAIL", index, entity)) yield { side: "HEAD", entity, relation: index };
    }
  }
}

function findHeads({ graph, candidates, indexOfRow }: BoundEmbedding, relation: number): number[] {
  const degreeOf = (index: number) => {
    const [out, into] = [graph.out(index), graph.in(index)];
    return out.end - out.start + into.end - into.start;
  };
  return candidates("HEAD", relation)
    .map((row) => ({ index: indexOfRow[row], degree: degreeOf(indexOfRow[row]) }))
    .sort((a, b) => b.degree - a.degree || a.index - b.index)
    .slice(0, HEADS)
    .map(({ index }) => index);
}

/** Scores all candidates of a question and keeps the best of them that do not exist. */
function answer(
  bound: BoundEmbedding,
  { side, entity, relation }: Question,
  { best, first }: { readonly best: LikelyLink[]; readonly first: number },
): void {
  const { graph, calibration, embedding, indexOfRow } = bound;
  const row = bound.relationRow[relation];
  const score = makeQueryScorer(embedding, { side, entity: bound.rowOf(entity), relation: row });
  const slot = slotOf(side, row);
  for (const candidate of bound.candidates(side, relation)) {
    const probability = calibrate(calibration, slot, score(candidate));
    if (best.length === first && probability <= (best.at(-1)?.score ?? 1)) continue;
    const other = indexOfRow[candidate];
    const [head, tail] = side === "TAIL" ? [entity, other] : [other, entity];
    if (!isOpen(graph, { head, relation, tail })) continue;
    const place = best.findIndex((link) => link.score < probability);
    best.splice(place < 0 ? best.length : place, 0, { head, relation, tail, score: probability });
    if (best.length > first) best.pop();
  }
}

/** Whether a triple could be added: it does not exist, and its head has room for it. */
function isOpen(graph: Graph, { head, relation, tail }: Omit<LikelyLink, "score">): boolean {
  const { symmetric, maxPerHead } = graph.relations[relation];
  if (head === tail || hasTriple(graph, head, [relation, tail])) return false;
  if (symmetric && hasTriple(graph, tail, [relation, head])) return false;
  return maxPerHead === null || countTriples(graph, head, relation) < maxPerHead;
}

function countTriples(graph: Graph, head: number, relation: number): number {
  const edges = graph.out(head);
  let count = 0;
  for (let at = edges.start; at < edges.end; at++) if (edges.relation[at] === relation) count++;
  return count;
}
