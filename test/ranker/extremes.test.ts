import { describe, expect, it } from "vitest";
import { completenessError, explainItem } from "../../src/ranker/explainItem.ts";
import { rank } from "../../src/ranker/rank.ts";
import { straight } from "../../src/ranker/shape.ts";
import { collectSignals } from "../../src/ranker/signals.ts";
import { boundOf, graphOf, historiesOf, relation } from "./support.ts";

const TAGGED = relation(1, "tagged");
const KNOWLEDGE = {
  shapes: { "relation:tagged": straight(1), direct: straight(1), popularity: straight(0.1) },
};

describe("a history that is empty", () => {
  it("has no evidence, ranks by popularity, and says that nothing is personal", () => {
    const graph = graphOf(3, 0, [], []);
    const model = boundOf(graph, historiesOf([[1, 2], [2]], graph), { weights: KNOWLEDGE });
    const signals = collectSignals(model, graph, []);
    const ranked = rank(signals, { accepts: (item) => graph.isItem(item) });
    // Item 2 has two interactions, item 1 one: .1·log 3/log 3 and .1·log 2/log 3; nobody touched item 3.
    expect(ranked.map(({ item, personal }) => [graph.idOf(item), personal])).toEqual([
      ["2", false],
      ["1", false],
    ]);
    expect(ranked[0].score).toBeCloseTo(0.1, 12);
    expect(explainItem(signals, 1, 10)).toMatchObject({ evidence: [], explainedFraction: 0 });
  });
});

describe("a user with 10,000 interactions", () => {
  it("is scored from the newest of them, and every part adds up", () => {
    const items = 10_001;
    const tags = 50;
    const graph = graphOf(
      items,
      tags,
      [TAGGED],
      Array.from({ length: items }, (_, item) => [item + 1, 1, items + 1 + (item % tags)] as const),
    );
    const model = boundOf(graph, historiesOf([[1, 2]], graph), { weights: KNOWLEDGE });
    const history = Array.from({ length: items - 1 }, (_, place) => items - 2 - place); // all but the last item
    const signals = collectSignals(model, graph, history);
    expect(signals.own).toBe(1_000); // maxHistory
    const scored = explainItem(signals, items - 1, 500);
    // Of the 1,000 newest every 50th has the tag of the last item: 20 paths.
    expect(scored.evidence).toHaveLength(20);
    expect(completenessError(scored)).toBeLessThan(1e-9);
  });
});

describe("an item with 100,000 triples", () => {
  it("is explained within the limit of evidence, the rest summed, and candidates stay bounded", () => {
    const triples = 100_000;
    // Item 1 is in 100,000 triples with as many entities; item 2 shares the first 1,000 of them.
    const graph = graphOf(
      2,
      triples,
      [TAGGED],
      [
        ...Array.from({ length: triples }, (_, tag) => [1, 1, 3 + tag] as const),
        ...Array.from({ length: 1_000 }, (_, tag) => [2, 1, 3 + tag] as const),
      ],
    );
    const model = boundOf(graph, historiesOf([[2]], graph), { weights: KNOWLEDGE });
    const signals = collectSignals(model, graph, [graph.indexOf("2")]);
    const scored = explainItem(signals, graph.indexOf("1"), 500);
    expect(scored.evidence).toHaveLength(500);
    const knowledge = scored.components.find(({ kind }) => kind === "KNOWLEDGE");
    expect(knowledge?.otherEvidenceCount).toBe(500);
    expect(completenessError(scored)).toBeLessThan(1e-9);
    const back = collectSignals(model, graph, [graph.indexOf("1")]);
    expect(rank(back, { accepts: (item) => graph.isItem(item) && item !== 0 })).toHaveLength(1);
  });
});
