import { Random } from "../random.ts";
import { slotOf } from "./Calibration.ts";
import type { KnownTriples } from "./KnownTriples.ts";
import { type Ask, makeQueryScorer } from "./makeQueryScorer.ts";
import type { ObservedEnds } from "./observedEnds.ts";
import type { Embedding, TripleColumns } from "./types.ts";

const ASKED = 2_000;
const TOP = 10;

/** Predictions and whether each proved true, as parallel arrays. */
export interface Predictions {
  readonly score: readonly number[];
  /** See `slotOf`. */
  readonly slot: readonly number[];
  readonly isTrue: readonly boolean[];
}

interface Sources {
  /** What is asked about: known and held-out triples, so that most questions have no held-out answer. */
  readonly asked: TripleColumns;
  /** Triples that no longer count as predictions. */
  readonly known: KnownTriples;
  /** Triples that prove a prediction true. */
  readonly truth: KnownTriples;
  readonly observed: ObservedEnds;
  readonly seed: number;
}

/**
 * Predicts as a curator would be shown it: for entities and relations drawn at random out of the triples, the
 * best ten answers that are of the relation's kind and not known; and looks up which of them are true.
 */
export function collectPredictions(embedding: Embedding, sources: Sources): Predictions {
  const { asked, truth, seed } = sources;
  const random = new Random(seed);
  const [score, slot, isTrue]: [number[], number[], boolean[]] = [[], [], []];
  for (let count = 0; count < Math.min(ASKED, 2 * asked.head.length); count++) {
    const row = random.below(asked.head.length);
    const side = count % 2 === 0 ? "TAIL" : "HEAD";
    const entity = side === "TAIL" ? asked.head[row] : asked.tail[row];
    const ask: Ask = { side, entity, relation: asked.relation[row] };
    for (const best of findBest(embedding, ask, sources)) {
      score.push(best.score);
      slot.push(slotOf(side, ask.relation));
      isTrue.push(holds(truth, ask, best.answer));
    }
  }
  return { score, slot, isTrue };
}

function findBest(embedding: Embedding, ask: Ask, { known, observed }: Sources) {
  const score = makeQueryScorer(embedding, ask);
  return Array.from(observed(ask.side, ask.relation), (answer) => ({ answer, score: score(answer) }))
    .filter(({ answer }) => answer !== ask.entity && !holds(known, ask, answer))
    .sort((a, b) => b.score - a.score)
    .slice(0, TOP);
}

function holds(triples: KnownTriples, { side, entity, relation }: Ask, answer: number): boolean {
  return side === "TAIL" ? triples.has(entity, relation, answer) : triples.has(answer, relation, entity);
}
