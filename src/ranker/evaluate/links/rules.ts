import type { TripleColumns } from "../../embed/types.ts";
import { makeFrequencyLinks } from "./baselines.ts";
import { indexEnds } from "./indexEnds.ts";
import type { LinkScorer } from "./types.ts";

/**
 * Scores an answer by the other triples between it and the entity that asks: how often a triple of that
 * relation and direction comes with one of the relation asked for, 1 − Π(1 − confidence); then by frequency.
 * Where it is strong, the graph says the same thing under several relations, and a high score of any model
 * is no more than finding the double.
 * @see Dettmers et al. 2018, section 5.2, "inverse model"
 */
export function makeRuleLinks(triples: TripleColumns): LinkScorer {
  const ends = indexEnds(triples);
  const frequency = makeFrequencyLinks(triples);
  const confidence = measureConfidence(triples);
  return (query, out) => {
    frequency(query, out);
    for (let entity = 0; entity < out.length; entity++) out[entity] *= 1e-6; // only among equals
    ends.forEachLink(query.entity, ({ side, entity, relation }) => {
      // A link asks for the entity's own side: HEAD where the entity that asks is its head.
      const isForward = (side === "HEAD") === (query.side === "TAIL");
      const share = confidence(relation, query.relation, isForward);
      if (share > 0) out[entity] = 1 - (1 - out[entity]) * (1 - share);
    });
  };
}

type Confidence = (body: number, head: number, isForward: boolean) => number;

/** Shares of the triples (x, body, y) for which (x, head, y) is there too, or (y, head, x) where not `isForward`. */
function measureConfidence(triples: TripleColumns): Confidence {
  const { entities, relations, relation, head, tail } = triples;
  const relationsOf = new Map<number, number[]>();
  for (let row = 0; row < head.length; row++) {
    const pair = head[row] * entities + tail[row];
    const known = relationsOf.get(pair);
    if (known) known.push(relation[row]);
    else relationsOf.set(pair, [relation[row]]);
  }
  const size = new Int32Array(relations);
  const [forward, backward] = [new Int32Array(relations ** 2), new Int32Array(relations ** 2)];
  for (let row = 0; row < head.length; row++) {
    const body = relation[row];
    size[body]++;
    for (const other of relationsOf.get(head[row] * entities + tail[row]) ?? [])
      forward[body * relations + other]++;
    for (const other of relationsOf.get(tail[row] * entities + head[row]) ?? [])
      backward[body * relations + other]++;
  }
  return (body, asked, isForward) =>
    isForward && body === asked ? 0 : (isForward ? forward : backward)[body * relations + asked] / size[body];
}
