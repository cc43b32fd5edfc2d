import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";
import { assertFirst } from "./checkRequest.ts";
import { LIST_EVIDENCE } from "./explanation.ts";
import { makeFilter } from "./filter.ts";
import { listFilterNames } from "./filterNames.ts";
import { INTEREST, makeSeeds } from "./history.ts";
import type { RecommendPorts } from "./ports.ts";
import type { ItemFilter, SimilarItem } from "./types.ts";

/**
 * Finds the items most like `item`: the ranking of a history that holds it alone, without popularity, so the
 * score is the sum of its evidence (and of what lies beyond the kept limit).
 */
export async function findSimilar(
  ports: RecommendPorts,
  item: EntityId,
  first: number,
  filter?: ItemFilter | null,
): Promise<SimilarItem[]> {
  assertFirst(first);
  const { keys, attributes } = listFilterNames([filter]);
  const [entities, columns] = await Promise.all([
    ports.knowledge.findEntitiesByKeys(keys),
    attributes.length === 0 ? new Map() : ports.knowledge.findAttributes(attributes),
  ]);
  const graph = ports.knowledge.graph();
  const index = graph.indexOf(item);
  if (index < 0) {
    throw new DomainError("NOT_FOUND", `entity ${item} is not in the snapshot at revision ${graph.revision}`);
  }
  const ranker = ports.ranker();
  const seeds = makeSeeds(graph, [{ item, kind: INTEREST, weight: 1, at: null }]);
  const passes = makeFilter(graph, filter, { entities, attributes: columns });
  const signals = ranker.collect(seeds.indices, true);
  return ranker
    .rank(signals, { accepts: (other) => other !== index && graph.isItem(other) && passes(other) })
    .filter(({ personal }) => personal)
    .map(({ item: other, score }) => ({
      other,
      score: score - ranker.popularityScore(other),
    }))
    .sort((a, b) => b.score - a.score || a.other - b.other)
    .slice(0, first)
    .map(({ other }) => {
      const scored = ranker.explain(signals, other, LIST_EVIDENCE);
      return {
        item: scored.item,
        score: similarityOf(scored),
        evidence: scored.evidence,
        history: seeds.byId,
      };
    });
}

/** What the paths alone carry. */
function similarityOf({ components }: ScoredItem): number {
  return components.reduce((sum, { kind, value }) => (kind === "ITEM" ? sum : sum + value), 0);
}
