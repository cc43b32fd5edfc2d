import { type Meeting, visitMeetings, weighMeeting } from "./meetings.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, Evidence, PathStep, ScoreComponent, ScoredItem } from "./types.ts";

/** A path before it is worded: enough to sort by, and to make its steps later. */
interface RawPath {
  readonly component: ComponentKind;
  readonly contribution: number;
  /** The triple of the last step, −1 where that is none. */
  readonly lastTriple: number;
  readonly steps: () => PathStep[];
}

/**
 * Scores `item` and takes its score apart into every path that made it. The strongest `limit` paths are kept
 * as evidence, the rest is summed in its component's `otherEvidence`. Popularity is no path: it stands in the
 * ITEM component and never hides behind one. Since the score is linear in the paths' masses,
 * `deltaIfRemoved` is −contribution.
 */
export function explainItem(signals: Signals, item: number, limit: number): ScoredItem {
  const { model, graph } = signals;
  const all = [...listBehaviour(signals, item), ...listKnowledge(signals, item)];
  const paths = all.filter(({ contribution }) => contribution !== 0); // what carries nothing is no evidence
  paths.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  let total = 0;
  for (const path of paths) total += Math.abs(path.contribution);
  const kept = paths.slice(0, limit);
  const named = kept.reduce((sum, path) => sum + Math.abs(path.contribution), 0);
  const evidence: Evidence[] = kept.map((path) => ({
    component: path.component,
    steps: path.steps(),
    attention: total > 0 ? Math.abs(path.contribution) / total : 0,
    contribution: path.contribution,
    deltaIfRemoved: -path.contribution,
  }));
  const popularity = model.weights.item * model.popularity(item);
  const components: ScoreComponent[] = [
    sumComponent("BEHAVIOUR", model.weights.behaviour, paths, limit),
    {
      kind: "ITEM",
      weight: model.weights.item,
      value: popularity,
      otherEvidence: popularity,
      otherEvidenceCount: model.interactionsOf(item),
    },
    sumComponent("KNOWLEDGE", model.weights.knowledge, paths, limit),
  ];
  const score = model.weights.bias + components.reduce((sum, component) => sum + component.value, 0);
  const everything = total + Math.abs(popularity) + Math.abs(model.weights.bias);
  return {
    item: graph.idOf(item),
    score,
    bias: model.weights.bias,
    components,
    evidence,
    explainedFraction: everything > 0 ? named / everything : 0,
    ownTriples: sumOwnTriples(paths),
  };
}

function sumOwnTriples(paths: readonly RawPath[]): ScoredItem["ownTriples"] {
  const sums = new Map<number, number>();
  for (const { lastTriple, contribution } of paths) {
    if (lastTriple >= 0) sums.set(lastTriple, (sums.get(lastTriple) ?? 0) + contribution);
  }
  return [...sums]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([triple, contribution]) => ({ tripleId: String(triple), contribution }));
}

function sumComponent(
  kind: ComponentKind,
  weight: number,
  paths: readonly RawPath[],
  limit: number,
): ScoreComponent {
  let value = 0;
  let otherEvidence = 0;
  let otherEvidenceCount = 0;
  paths.forEach((path, position) => {
    if (path.component !== kind) return;
    value += path.contribution;
    if (position < limit) return;
    otherEvidence += path.contribution;
    otherEvidenceCount++;
  });
  return { kind, weight, value, otherEvidence, otherEvidenceCount };
}

/** j ⇒ i: who did j also did i. */
function listBehaviour({ model, graph, history, recency }: Signals, item: number): RawPath[] {
  const paths: RawPath[] = [];
  for (let place = 0; place < history.length; place++) {
    const from = history[place];
    const similarity = from === item ? 0 : findSimilarity(model, from, item);
    if (similarity === 0) continue;
    paths.push({
      component: "BEHAVIOUR",
      contribution: model.weights.behaviour * recency[place] * similarity,
      lastTriple: -1,
      steps: () => [
        {
          from: graph.idOf(from),
          to: graph.idOf(item),
          kind: "CO_INTERACTION",
          relationId: null,
          direction: "BOTH",
          tripleId: null,
          weight: similarity,
        },
      ],
    });
  }
  return paths;
}

function findSimilarity(model: Signals["model"], from: number, to: number): number {
  let { start: low, end: high } = model.neighbours(from);
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (model.neighbour[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < end && model.neighbour[low] === to ? model.similarity[low] : 0;
}

/** j –r– i, and j –r– e –r– i. */
function listKnowledge(signals: Signals, item: number): RawPath[] {
  const { model, hops, history, recency } = signals;
  const own = signals.placeOf.get(item);
  const paths: RawPath[] = [];
  visitMeetings(signals, item, (meeting) => {
    const last = { ...meeting };
    const weight = model.weights.knowledge * weighMeeting(signals, last);
    if (last.slot < 0) {
      paths.push({
        component: "KNOWLEDGE",
        contribution: weight * last.value,
        lastTriple: last.triple,
        steps: () => [stepTo(signals, item, last, history[last.place])],
      });
      return;
    }
    for (let hop = hops.first[last.slot]; hop >= 0; hop = hops.next[hop]) {
      if (hops.place[hop] === own) continue;
      const first = hop;
      paths.push({
        component: "KNOWLEDGE",
        contribution: weight * hops.weight[hop] * last.factor,
        lastTriple: last.triple,
        steps: () => [
          stepFrom(signals, first, last, recency[hops.place[first]]),
          stepTo(signals, item, last, last.entity),
        ],
      });
    }
  });
  return paths;
}

function stepFrom(
  { graph, hops, history }: Signals,
  hop: number,
  meeting: Meeting,
  recency: number,
): PathStep {
  return {
    from: graph.idOf(history[hops.place[hop]]),
    to: graph.idOf(meeting.entity),
    kind: "TRIPLE",
    relationId: graph.relations[meeting.relation].id,
    direction: hops.inverse[hop] ? "IN" : "OUT",
    tripleId: String(hops.triple[hop]),
    weight: recency > 0 ? hops.weight[hop] / recency : 0,
  };
}

/** The step onto the scored item; walked against the triple where the item is its head. */
function stepTo({ graph }: Signals, item: number, meeting: Meeting, from: number): PathStep {
  return {
    from: graph.idOf(from),
    to: graph.idOf(item),
    kind: "TRIPLE",
    relationId: graph.relations[meeting.relation].id,
    direction: meeting.inverse ? "OUT" : "IN",
    tripleId: String(meeting.triple),
    weight: meeting.factor,
  };
}

/** How far the parts of a scored item are from its score: |bias + Σ contributions + Σ otherEvidence − score|. */
export function completenessError(scored: ScoredItem): number {
  const parts = scored.components.reduce((sum, component) => {
    const named = scored.evidence
      .filter((evidence) => evidence.component === component.kind)
      .reduce((part, evidence) => part + evidence.contribution, 0);
    return sum + named + component.otherEvidence;
  }, scored.bias);
  return Math.abs(parts - scored.score);
}
