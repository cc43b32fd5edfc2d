import type { TripleColumns } from "../../embed/types.ts";
import { Random } from "../../random.ts";
import { indexEnds } from "./indexEnds.ts";
import type { LinkScorer } from "./types.ts";

/** Above this many members a shared neighbour says little and costs much. */
const LARGEST_GROUP = 1_000;

/** Scores at random: what chance gives. */
export function makeRandomLinks(seed: number): LinkScorer {
  const random = new Random(seed);
  return (_query, out) => {
    for (let entity = 0; entity < out.length; entity++) out[entity] = random.next();
  };
}

/** Scores an entity by how often it stands at that end of the relation. */
export function makeFrequencyLinks(triples: TripleColumns): LinkScorer {
  return ({ side, relation }, out) => {
    const ends = side === "TAIL" ? triples.tail : triples.head;
    out.fill(0);
    for (let row = 0; row < ends.length; row++) if (triples.relation[row] === relation) out[ends[row]]++;
  };
}

/**
 * Scores an answer by the entities that have it and share a (relation, entity) pair with the one that asks,
 * each pair weighed by 1 / log(1 + members); then by frequency. It learns nothing.
 * @see Adamic & Adar 2003 for the weights
 */
export function makeNeighbourLinks(triples: TripleColumns): LinkScorer {
  const ends = indexEnds(triples);
  const frequency = makeFrequencyLinks(triples);
  return (query, out) => {
    frequency(query, out);
    for (let entity = 0; entity < out.length; entity++) out[entity] *= 1e-6; // only among equals
    ends.forEachLink(query.entity, (link) => {
      const members = ends.answersOf(link);
      if (members.length < 2 || members.length > LARGEST_GROUP) return;
      const weight = 1 / Math.log(1 + members.length);
      for (const member of members) {
        if (member === query.entity) continue;
        for (const answer of ends.answersOf({ ...query, entity: member })) out[answer] += weight;
      }
    });
  };
}
