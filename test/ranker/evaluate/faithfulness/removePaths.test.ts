import { expect, it } from "vitest";
import { makeRemovable } from "../../../../src/ranker/evaluate/faithfulness/removePaths.ts";
import { explainItem } from "../../../../src/ranker/explainItem.ts";
import { FLAT } from "../../../../src/ranker/shape.ts";
import { collectSignals } from "../../../../src/ranker/signals.ts";
import { boundOf, graphOf, historiesOf, relation } from "../../support.ts";

const BENT = { ...FLAT, linear: 0.1, saturating: 0.7, logarithmic: 0.4, tau: 0.3, kappa: 0.2 };

// Films 1 … 4 and the people 5, 6; 1 and 2 share both people with 3, and 4 is reached by behaviour alone.
const graph = graphOf(
  4,
  2,
  [relation(1, "directed_by"), relation(2, "starring")],
  [
    [1, 1, 5],
    [2, 1, 5],
    [3, 1, 5],
    [1, 2, 6],
    [3, 2, 6],
    [2, 1, 3],
  ],
);
const histories = historiesOf(
  [
    [1, 2],
    [1, 3],
    [2, 3, 4],
    [1, 4],
  ],
  graph,
);

it.each([
  ["straight", {}],
  ["bent", { weights: { shapes: { "behaviour:co-interaction": BENT, direct: BENT }, otherRelation: BENT } }],
])("with %s shapes one path takes along its delta, and all of them leave what is no path", (_, change) => {
  const model = boundOf(graph, histories, change);
  const signals = collectSignals(model, graph, [graph.indexOf("1"), graph.indexOf("2")]);
  for (const id of ["3", "4"]) {
    const item = graph.indexOf(id);
    const told = explainItem(signals, item, 64);
    const removable = makeRemovable(signals, item);
    expect(removable.score).toBeCloseTo(told.score, 12);
    expect(removable.paths.length).toBe(told.evidence.length);
    removable.paths.forEach((path, at) => {
      expect(path.contribution).toBe(told.evidence[at].contribution);
      expect(removable.without([path]) - removable.score).toBeCloseTo(told.evidence[at].deltaIfRemoved, 12);
    });
    const popularity = told.components.find(({ kind }) => kind === "ITEM")!.value;
    expect(removable.without(removable.paths)).toBeCloseTo(told.bias + popularity, 12);
  }
});
