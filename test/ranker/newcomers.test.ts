import { describe, expect, it } from "vitest";
import { bindModel } from "../../src/ranker/bindModel.ts";
import { explainItem } from "../../src/ranker/explainItem.ts";
import { layOutGroups } from "../../src/ranker/groups.ts";
import { straight } from "../../src/ranker/shape.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import { fitShapes } from "../../src/ranker/train/fitShapes.ts";
import { graphOf, historiesOf, modelOf, relation } from "./support.ts";

const DIRECTED = relation(1, "directed_by");
const FOLLOWS = relation(2, "follows");

describe("what came after the training", () => {
  // Films 1–3 and entities 4–6; 1 and 2 are known to the training, with two triples each, 3 is not.
  const OLD = [
    [1, 1, 4],
    [1, 1, 5],
    [2, 1, 4],
    [2, 1, 5],
  ] as const;
  const trained = graphOf(3, 3, [DIRECTED], OLD);
  const model = modelOf(trained, historiesOf([[1, 2]], trained));

  it("counts with the typical degree, however many triples it has by now", () => {
    const later = graphOf(3, 3, [DIRECTED], [...OLD, [3, 1, 4], [3, 1, 5], [3, 1, 6]]);
    const [known, film, entity] = [1, 3, 6].map((id) => later.indexOf(String(id)));
    const bound = bindModel(model, later);
    // Both known films have degree 2, both known entities too; the exponents are ½.
    expect(bound.itemFactor(known)).toBeCloseTo(2 ** -0.5, 12);
    expect(bound.itemFactor(film)).toBeCloseTo(2 ** -0.5, 12);
    expect(bound.entityFactor(entity)).toBeCloseTo(2 ** -0.5, 12);
  });
});

describe("a relation or kind of triple that training has not seen", () => {
  it("weighs as much as the mean of the others; one that it has found useless weighs nothing", () => {
    const graph = graphOf(1, 1, [DIRECTED, FOLLOWS, relation(3, "tagged")], []);
    const layout = layOutGroups(["co-interaction"], []);
    // Two rows: what was wanted shares a director, what was not shares a tag.
    const [directed, tagged] = [layout.firstRelation, layout.firstRelation + 2];
    const wanted = {
      offsets: Int32Array.of(0, 1, 2),
      group: Uint16Array.of(directed, tagged),
      mass: Float64Array.of(1, 1),
      targets: 1,
    };
    const { shapes, otherRelation } = fitShapes(Array(50).fill(wanted), layout, graph, {
      shape: "linear",
      relations: "learned",
    });
    const learned = shapes["relation:directed_by"].linear;
    expect(learned).toBeGreaterThan(1);
    expect(shapes["relation:tagged"].linear).toBe(0);
    expect(shapes["relation:follows"]).toBeUndefined();
    expect([otherRelation.linear, shapes.direct.linear, shapes.interest.linear]).toEqual(
      Array(3).fill(learned), // the mean of those that carry weight
    );
  });
});

describe("an interest that is no item", () => {
  it("leads over its own triple with the weight of the relation, and with 1 where that is 0", () => {
    const graph = graphOf(
      2,
      1,
      [DIRECTED],
      [
        [1, 1, 3],
        [2, 1, 3],
      ],
    );
    for (const [learned, weight] of [
      [0.25, 0.25],
      [0, 1],
    ]) {
      const fitted = modelOf(graph, historiesOf([[1, 2]], graph), {
        weights: {
          shapes: {
            ...{ popularity: straight(0), interest: straight(1), direct: straight(0) },
            "relation:directed_by": straight(learned),
          },
        },
      });
      const signals = collectSignals(bindModel(fitted, graph), graph, [graph.indexOf("3")]);
      // degrees: film 1, entity 2; both ends are discounted by degree^−½
      expect(explainItem(signals, graph.indexOf("1"), 5).score).toBeCloseTo(weight * 2 ** -0.5, 9);
    }
  });
});
