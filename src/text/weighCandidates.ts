import type { Graph } from "../kg/types.ts";
import type { NameEntry } from "./Gazetteer.ts";
import type { RawMention } from "./linkMentions.ts";
import type { Candidate, Mention } from "./types.ts";

/** How well a kind of name speaks for its entity. */
const FIT: Readonly<Record<NameEntry["kind"], number>> = { NAME: 1, ALIAS: 0.8, VARIANT: 0.5 };
const TIE = 4; // a neighbour that the text names too makes a candidate this much likelier
const SAME_YEAR = 20; // the year that the text gives
const MOST_EDGES = 2_000; // of one candidate; a hub says little anyway

/**
 * Weighs what each mention may mean: fit of the name × log(2 + degree) × (1 + 4 × entities tied to it that the
 * text names elsewhere) × 20 where the text gives its year, as shares of all candidates.
 */
export function weighCandidates(mentions: readonly RawMention[], graph: Graph): Mention[] {
  const owners = new Map<number, Set<number>>();
  mentions.forEach(({ entries }, place) => {
    for (const { entity } of entries) {
      const index = graph.indexOf(entity.id);
      owners.set(index, (owners.get(index) ?? new Set()).add(place));
    }
  });
  return mentions.map(({ entries, year, ...mention }, place) => {
    const weights = entries.map((entry) => {
      const told = year !== null && entry.entity.year === year ? SAME_YEAR : 1;
      return told * weigh(entry, { graph, owners, place });
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const candidates = entries.map(
      ({ entity }, at): Candidate => ({ entity, confidence: weights[at] / total }),
    );
    candidates.sort((a, b) => b.confidence - a.confidence || Number(a.entity.id) - Number(b.entity.id));
    return { ...mention, candidates };
  });
}

interface Surroundings {
  readonly graph: Graph;
  /** Mentions that may mean an entity, by its index. */
  readonly owners: ReadonlyMap<number, ReadonlySet<number>>;
  readonly place: number;
}

function weigh({ entity, kind }: NameEntry, { graph, owners, place }: Surroundings): number {
  const index = graph.indexOf(entity.id);
  if (index < 0) return FIT[kind] * Math.log(2);
  let degree = 0;
  const tied = new Set<number>();
  for (const edges of [graph.out(index), graph.in(index)]) {
    degree += edges.end - edges.start;
    const end = Math.min(edges.end, edges.start + MOST_EDGES);
    for (let at = edges.start; at < end; at++) {
      for (const other of owners.get(edges.neighbour[at]) ?? []) if (other !== place) tied.add(other);
    }
  }
  return FIT[kind] * Math.log(2 + degree) * (1 + TIE * tied.size);
}
