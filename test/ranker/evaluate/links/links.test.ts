import { describe, expect, it } from "vitest";
import { KnownTriples } from "../../../../src/ranker/embed/KnownTriples.ts";
import {
  makeFrequencyLinks,
  makeNeighbourLinks,
  makeRandomLinks,
} from "../../../../src/ranker/evaluate/links/baselines.ts";
import { evaluateLinks } from "../../../../src/ranker/evaluate/links/evaluateLinks.ts";
import { averageRanks, rankLinks } from "../../../../src/ranker/evaluate/links/rankLinks.ts";
import { makeRuleLinks } from "../../../../src/ranker/evaluate/links/rules.ts";
import { splitTriples } from "../../../../src/ranker/evaluate/links/splitTriples.ts";
import type { LinkScorer } from "../../../../src/ranker/evaluate/links/types.ts";
import { makeColumns, makeWorld } from "../../embed/support.ts";

// Films 0…2, persons 3…5. Film 0 has 3 and 4, film 1 has 3 and 5, film 2 has 4.
const triples = makeColumns(
  [
    [0, 0, 3],
    [0, 0, 4],
    [1, 0, 3],
    [1, 0, 5],
    [2, 0, 4],
  ],
  { entities: 6, relations: 1 },
);
const known = new KnownTriples(6, 1, [triples]);
const scoreBy =
  (scores: readonly number[]): LinkScorer =>
  (_query, out) =>
    out.set(scores);

describe("rankLinks", () => {
  it("takes the other true answers out of the way", () => {
    // Best first: 3, 4, 0. Of film 0 the tails 3 and 4 are both true: each is at 1. Of film 2, 3 stands before 4.
    const { tail, head } = rankLinks(triples, known, scoreBy([5, 0, 1, 9, 8, -1]));
    // Film 1: 3 at 1; 5 after 4, 0, 2, 1 at 5 (3 is true and taken out).
    expect([...tail]).toEqual([1, 1, 1, 5, 2]);
    // Heads of 3 are 0 (after 4 and itself, a wrong answer: 3) and 1 (after 3, 4, 2: 4; 0 taken out);
    // of 4 are 0 (3) and 2 (3: after 3 and 4); of 5 is 1 (after 3, 4, 0, 2: 5).
    expect([...head]).toEqual([3, 3, 4, 5, 3]);
  });

  it("gives those that tie the mean of their ranks", () => {
    // All alike: film 2 asks among 6, of which none else is true: (1 + 6) / 2. Film 0's other tail is taken out: 3.
    const { tail } = rankLinks(triples, known, scoreBy([0, 0, 0, 0, 0, 0]));
    expect([...tail]).toEqual([3, 3, 3, 3, 3.5]);
  });

  it("scores once what several triples ask", () => {
    const asked: string[] = [];
    rankLinks(triples, known, ({ side, entity }, out) => {
      asked.push(`${side} ${entity}`);
      out.fill(0);
    });
    expect(asked).toEqual(["TAIL 0", "TAIL 1", "TAIL 2", "HEAD 3", "HEAD 4", "HEAD 5"]);
  });

  it("refuses scores that are not numbers, instead of taking them for the best", () => {
    const broken = scoreBy([0, 0, 0, Number.NaN, 0, 0]);
    expect(() => rankLinks(triples, known, broken)).toThrow(
      "the score of entity 3 is NaN; expected a number",
    );
  });

  it("averages ranks into MRR and hits", () => {
    // (1 + 1/2 + 1/4 + 1/20) / 4 = .45
    expect(averageRanks([Float64Array.of(1, 2), Float64Array.of(4, 20)])).toEqual({
      mrr: 0.45,
      hits1: 0.25,
      hits3: 0.5,
      hits10: 0.75,
    });
    expect(averageRanks([]).mrr).toBe(0);
  });
});

describe("the baselines", () => {
  const ask = (scorer: LinkScorer, side: "HEAD" | "TAIL", entity: number) => {
    const out = new Float32Array(6).fill(7);
    scorer({ side, entity, relation: 0 }, out);
    return out;
  };

  it("count how often an entity stands at that end", () => {
    expect([...ask(makeFrequencyLinks(triples), "TAIL", 2)]).toEqual([0, 0, 0, 2, 2, 1]);
    expect([...ask(makeFrequencyLinks(triples), "HEAD", 5)]).toEqual([2, 2, 1, 0, 0, 0]);
  });

  it("ask those who share a neighbour", () => {
    // Film 2 shares person 4 (2 members) with film 0, which has 3 and 4: 1 / log 3 each, and millionths of frequency.
    const scores = ask(makeNeighbourLinks(triples), "TAIL", 2);
    expect(scores[3]).toBeCloseTo(1 / Math.log(3), 4);
    expect(scores[4]).toBeCloseTo(1 / Math.log(3), 4);
    expect(scores[5]).toBeCloseTo(1e-6, 9);
  });

  it("find the double of a triple under another relation, either way round", () => {
    // Relation 0 comes with 1 for 2 of its 3 pairs, and its pair (4, 5) with 2 turned round.
    const doubled = makeColumns(
      [
        [0, 0, 1],
        [0, 1, 1],
        [2, 0, 3],
        [2, 1, 3],
        [4, 0, 5],
        [5, 2, 4],
      ],
      { entities: 6, relations: 3 },
    );
    const score = (side: "HEAD" | "TAIL", entity: number, relation: number) => {
      const out = new Float32Array(6);
      makeRuleLinks(doubled)({ side, entity, relation }, out);
      return out;
    };
    // 4 has 0 with 5: of the triples of relation 0, 2 of 3 have one of relation 1.
    expect(score("TAIL", 4, 1)[5]).toBeCloseTo(2 / 3, 4);
    expect(score("HEAD", 5, 1)[4]).toBeCloseTo(2 / 3, 4);
    // 0 has 0 with 1: 1 of 3 have relation 2 turned round, so it is asked of 1, not of 0.
    expect(score("TAIL", 1, 2)[0]).toBeCloseTo(1 / 3, 4);
    expect(score("TAIL", 0, 2)[1]).toBeLessThan(1e-5);
    // A triple is no evidence of itself.
    expect(score("TAIL", 5, 2)[4]).toBeCloseTo(1 / 3, 4);
  });

  it("are as good as chance where they draw", () => {
    const scorer = makeRandomLinks(1);
    const ranks = Array.from({ length: 200 }, () => rankLinks(triples, known, scorer));
    // Film 2's tail is uniform over the ranks 1…6: mean of 1/rank (1 + 1/2 + … + 1/6) / 6 = .4083
    const mean = ranks.reduce((sum, { tail }) => sum + 1 / tail[4], 0) / 200;
    expect(Math.abs(mean - 0.4083)).toBeLessThan(0.08); // 4 standard errors of .30 / √200
  });
});

describe("splitTriples", () => {
  it("holds out what was asked for and leaves every entity and relation a triple in train", () => {
    const world = makeWorld(); // 24·2 + 12 = 60 triples
    const { train, valid, test } = splitTriples(world, { seed: 1, valid: 0.1, test: 0.1 });
    expect([train.head.length, valid.head.length, test.head.length]).toEqual([48, 6, 6]);
    const seen = new Set([...train.head, ...train.tail]);
    expect(
      [...valid.head, ...valid.tail, ...test.head, ...test.tail].filter((one) => !seen.has(one)),
    ).toEqual([]);
    const keys = [train, valid, test].flatMap(({ head, relation, tail }) =>
      [...head].map((one, row) => `${one} ${relation[row]} ${tail[row]}`),
    );
    expect(new Set(keys).size).toBe(60);
  });

  it("holds out less where the graph has nothing to spare", () => {
    const chain = makeColumns([[0, 0, 1]], { entities: 2, relations: 1 });
    const { train, test } = splitTriples(chain, { seed: 1, valid: 0.5, test: 0.5 });
    expect([train.head.length, test.head.length]).toEqual([1, 0]);
  });
});

describe("evaluateLinks", () => {
  it("measures baselines and models on the same triples, trained ones over seeds", async () => {
    const notes: string[] = [];
    const result = await evaluateLinks(makeWorld(), {
      models: ["random", "frequency", "neighbours", "complex"],
      seeds: 2,
      config: { dimension: 16, epochs: 40, batch: 8, negatives: 8, rate: 0.05, validateEvery: 10 },
      onProgress: (text) => notes.push(text),
    });
    // The world has numbers for 39 entities and triples of 24 + 6 + 3.
    expect(result).toMatchObject({ entities: 33, relations: 3, train: 48, valid: 6, test: 6, seeds: 2 });
    expect(result.rows.map(({ model }) => model)).toEqual(["random", "frequency", "neighbours", "complex"]);
    const [random, , , complex] = result.rows;
    expect(complex.mrr).toBeGreaterThan(random.mrr);
    for (const { mrr, hits1, hits3, hits10, mrrTail, mrrHead, seconds } of result.rows) {
      expect(hits1).toBeLessThanOrEqual(hits3);
      expect(hits3).toBeLessThanOrEqual(hits10);
      expect(mrr).toBeCloseTo((mrrTail + mrrHead) / 2, 10);
      expect(seconds).toBeGreaterThan(0);
    }
    expect(notes.filter((note) => note.startsWith("complex, seed 2"))).toHaveLength(40);
  });

  it("says where no triple can be held out", async () => {
    await expect(evaluateLinks(makeColumns([[0, 0, 1]], { entities: 2, relations: 1 }))).rejects.toThrow(
      "of 1 triples none can be held out; expected entities with two triples or more",
    );
  });
});
