import type { PathTable } from "./PathTable.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, ScoreComponent } from "./types.ts";

/** What the components of an item's score are summed from, besides its paths. */
export interface Shown {
  /** Rows of the paths that are shown. */
  readonly kept: Int32Array;
  /** The popularity part of the score. */
  readonly popularity: number;
  readonly interactions: number;
}

/** Sums the parts of an item's score by component: of all its paths, and of those that are not kept. */
export function sumComponents(signals: Signals, paths: PathTable, shown: Shown): ScoreComponent[] {
  const { layout } = signals.model;
  const sums = sumByGroup(signals, paths, shown.kept);
  const sum = (kind: ComponentKind, space: number, belongs: (group: number) => boolean): ScoreComponent => {
    let [value, otherEvidence, otherEvidenceCount] = [0, 0, 0];
    for (let slot = 0; slot < sums.value.length; slot++) {
      if (!belongs(slot - 1)) continue;
      value += sums.value[slot];
      otherEvidence += sums.other[slot];
      otherEvidenceCount += sums.others[slot];
    }
    const weight = signals.model.weightOf(kind, space);
    const vectors = space < 0 ? null : layout.spaces[space].name;
    return { kind, vectors, weight, value, otherEvidence, otherEvidenceCount };
  };
  return [
    sum("BEHAVIOUR", -1, (group) => group < 0),
    sumPopularity(signals, shown),
    sum(
      "KNOWLEDGE",
      -1,
      (group) => group >= 0 && (group < layout.firstSpace || group >= layout.firstRelation),
    ),
    ...layout.spaces.flatMap(({ kind }, space) =>
      kind === "BEHAVIOUR" ? [] : sum(kind, space, (group) => group === layout.firstSpace + space),
    ),
  ];
}

function sumPopularity({ model }: Signals, { popularity, interactions }: Shown): ScoreComponent {
  return {
    kind: "ITEM",
    vectors: null,
    weight: model.weightOf("ITEM"),
    value: popularity,
    otherEvidence: popularity,
    otherEvidenceCount: interactions,
  };
}

/** Sums per group of paths; behaviour, in which several groups have a part, stands at 0 and group g at g + 1. */
function sumByGroup({ model, graph }: Signals, paths: PathTable, kept: Int32Array) {
  const size = model.layout.firstRelation + graph.relations.length + 1;
  const [value, other, others] = [new Float64Array(size), new Float64Array(size), new Int32Array(size)];
  const shown = new Uint8Array(paths.count);
  for (const row of kept) shown[row] = 1;
  for (let row = 0; row < paths.count; row++) {
    const slot = paths.group[row] + 1;
    value[slot] += paths.contribution[row];
    if (shown[row] === 1) continue;
    other[slot] += paths.contribution[row];
    others[slot]++;
  }
  return { value, other, others };
}
