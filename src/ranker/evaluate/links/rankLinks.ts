import type { KnownTriples } from "../../embed/KnownTriples.ts";
import type { Side, TripleColumns } from "../../embed/types.ts";
import type { LinkMetrics, LinkQuery, LinkScorer } from "./types.ts";

/** Rank of each triple's tail and of its head, from 1; a tie counts half, so a rank may be a half. */
export interface LinkRanks {
  readonly tail: Float64Array;
  readonly head: Float64Array;
}

/**
 * Ranks the true answer of each triple among all entities, for both ends: filtered (other known answers do not
 * compete) and by the mean rank of those it ties with. Triples that ask the same share one scoring.
 * @see Bordes et al. 2013; Berrendorf et al. 2020 on ties
 */
export function rankLinks(triples: TripleColumns, known: KnownTriples, score: LinkScorer): LinkRanks {
  return { tail: rankSide("TAIL", triples, known, score), head: rankSide("HEAD", triples, known, score) };
}

function rankSide(side: Side, triples: TripleColumns, known: KnownTriples, score: LinkScorer): Float64Array {
  const [entity, answer] = side === "TAIL" ? [triples.head, triples.tail] : [triples.tail, triples.head];
  const { relation, entities } = triples;
  const order = Array.from(answer.keys()).sort((a, b) => entity[a] - entity[b] || relation[a] - relation[b]);
  const ranks = new Float64Array(answer.length);
  const scores = new Float32Array(entities);
  let query: LinkQuery = { side, entity: -1, relation: -1 };
  for (const index of order) {
    if (query.entity !== entity[index] || query.relation !== relation[index]) {
      query = { side, entity: entity[index], relation: relation[index] };
      score(query, scores);
    }
    ranks[index] = rankAnswer(scores, answer[index], { known, query });
  }
  return ranks;
}

function rankAnswer(
  scores: Float32Array,
  answer: number,
  { known, query }: { readonly known: KnownTriples; readonly query: LinkQuery },
): number {
  const own = scores[answer];
  if (Number.isNaN(own)) throw new RangeError(`the score of entity ${answer} is NaN; expected a number`);
  let better = 0;
  let equal = 0;
  for (let entity = 0; entity < scores.length; entity++) {
    if (scores[entity] > own) better++;
    else if (scores[entity] === own) equal++;
  }
  known.forEach(query, (other) => {
    if (other === answer) return;
    if (scores[other] > own) better--;
    else if (scores[other] === own) equal--;
  });
  return better + (equal + 1) / 2; // the answer ties with itself
}

/** Averages ranks into the metrics of the table; all 0 where there are none. */
export function averageRanks(ranks: readonly Float64Array[]): LinkMetrics {
  let [mrr, hits1, hits3, hits10, count] = [0, 0, 0, 0, 0];
  for (const part of ranks) {
    for (const rank of part) {
      mrr += 1 / rank;
      if (rank <= 1) hits1++;
      if (rank <= 3) hits3++;
      if (rank <= 10) hits10++;
    }
    count += part.length;
  }
  const share = 1 / Math.max(1, count);
  return { mrr: mrr * share, hits1: hits1 * share, hits3: hits3 * share, hits10: hits10 * share };
}
