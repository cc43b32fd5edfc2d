import type { EntityId } from "../kg/types.ts";
import type { HistoryItem } from "../ranker/types.ts";
import { explainFor } from "./explain.ts";
import type { EvidenceShift, ItemImpact, UserImpact } from "./impactTypes.ts";
import type { RecommendPorts } from "./ports.ts";
import { recommendFor } from "./recommend.ts";
import { shiftEvidence } from "./shiftEvidence.ts";
import type { Explanation } from "./types.ts";

/** The graph, the histories and the ranker as they are, and as an edit would make them. */
export interface ImpactPorts {
  readonly before: RecommendPorts;
  readonly after: RecommendPorts;
}

const DECIDING = 10; // shifts of evidence that are told of one item

/**
 * Measures what an edit does to the first recommendations of a user: both rankings are made in full and compared.
 * Cost: two pages, and four rankings where any item differs.
 */
export async function measureImpact(
  { before, after }: ImpactPorts,
  user: string,
  first: number,
): Promise<UserImpact> {
  const [old, next] = await Promise.all(
    [before, after].map(async (ports) => {
      const { edges } = await recommendFor(ports, { user, first });
      return new Map(edges.map(({ node }) => [node.item, node]));
    }),
  );
  const entering = [...next.keys()].filter((item) => !old.has(item));
  const leaving = [...old.keys()].filter((item) => !next.has(item));
  const moved = [...next.values()]
    .filter(({ item, rank, score }) => {
      const known = old.get(item);
      return known !== undefined && (known.rank !== rank || known.score !== score);
    })
    .map(({ item }) => item);
  const changed = [...entering, ...leaving, ...moved];
  const [told, foretold] = await Promise.all([
    explainKnown(before, user, changed),
    explainKnown(after, user, changed),
  ]);
  const impactOf = (item: EntityId) => compare(item, told.get(item), foretold.get(item));
  return {
    user,
    entering: entering.map(impactOf),
    leaving: leaving.map(impactOf),
    moved: moved.map(impactOf),
  };
}

async function explainKnown(
  ports: RecommendPorts,
  user: string,
  items: readonly EntityId[],
): Promise<ReadonlyMap<EntityId, Explanation>> {
  const graph = ports.knowledge.graph();
  const known = items.filter((item) => graph.indexOf(item) >= 0);
  if (known.length === 0) return new Map();
  const explanations = await explainFor(ports, { user }, known);
  return new Map(known.map((item, i) => [item, explanations[i]]));
}

function compare(item: EntityId, before?: Explanation, after?: Explanation): ItemImpact {
  const standing = (explanation: Explanation | undefined) =>
    explanation ? { rank: explanation.rank, score: explanation.score } : null;
  const because: EvidenceShift[] = shiftEvidence(before?.evidence ?? [], after?.evidence ?? []);
  const history = new Map<EntityId, HistoryItem>([...(before?.history ?? []), ...(after?.history ?? [])]);
  return {
    item,
    before: standing(before),
    after: standing(after),
    because: because.slice(0, DECIDING),
    history,
  };
}
