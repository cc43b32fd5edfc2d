import { describe, expect, it } from "vitest";
import { drawNegatives } from "../../../src/ranker/embed/drawNegatives.ts";
import { KnownTriples } from "../../../src/ranker/embed/KnownTriples.ts";
import { makeLoss } from "../../../src/ranker/embed/makeLoss.ts";
import { collectObservedEnds } from "../../../src/ranker/embed/observedEnds.ts";
import { Random } from "../../../src/ranker/random.ts";
import { makeColumns, makeConfig } from "./support.ts";

// 0 and 1 direct; 2 and 3 are persons. Relation 1 has the other ends.
const triples = makeColumns(
  [
    [0, 0, 2],
    [0, 0, 3],
    [1, 0, 2],
    [3, 1, 4],
  ],
  { entities: 5, relations: 2 },
);
const known = new KnownTriples(5, 2, [triples]);

describe("KnownTriples", () => {
  it("knows the triples that it was given and no others", () => {
    const found: string[] = [];
    for (let head = 0; head < 5; head++)
      for (let relation = 0; relation < 2; relation++)
        for (let tail = 0; tail < 5; tail++)
          if (known.has(head, relation, tail)) found.push(`${head} ${relation} ${tail}`);
    expect(found).toEqual(["0 0 2", "0 0 3", "1 0 2", "3 1 4"]);
  });

  it("lists the known answers of either end", () => {
    const list = (side: "HEAD" | "TAIL", entity: number, relation: number) => {
      const answers: number[] = [];
      known.forEach({ side, entity, relation }, (answer) => answers.push(answer));
      return answers;
    };
    expect(list("TAIL", 0, 0)).toEqual([2, 3]);
    expect(list("HEAD", 2, 0)).toEqual([0, 1]);
    expect(list("HEAD", 4, 1)).toEqual([3]);
    expect(list("TAIL", 4, 1)).toEqual([]);
  });

  it("refuses a graph whose triples do not fit one number", () => {
    expect(() => new KnownTriples(10_000_000, 100, [])).toThrow("keys are too many; expected below 2^53");
  });
});

describe("drawNegatives", () => {
  const draw = (share: number, withKnown: boolean) => {
    const out = new Int32Array(4_000);
    const source = {
      ...{ entities: 5, share, random: new Random(1) },
      ...{ observed: collectObservedEnds(triples), known: withKnown ? known : null },
    };
    drawNegatives(source, { side: "TAIL", entity: 1, relation: 0 }, out);
    const counts = new Int32Array(5);
    for (const entity of out) counts[entity]++;
    return [...counts];
  };

  it("draws from all entities alike where nothing is observed or known", () => {
    // 800 each, standard deviation √(4000·.2·.8) = 25
    for (const count of draw(0, false)) expect(Math.abs(count - 800)).toBeLessThan(125);
  });

  it("draws the share asked for from the entities seen at that end", () => {
    // Tails of relation 0 are 2 and 3: 2,000 of the 4,000 draws go to them, the other half 400 to each entity.
    const [zero, one, two, three, four] = draw(0.5, false);
    expect(Math.abs(two - 1_400)).toBeLessThan(150);
    expect(Math.abs(three - 1_400)).toBeLessThan(150);
    for (const count of [zero, one, four]) expect(Math.abs(count - 400)).toBeLessThan(100);
  });

  it("draws no known answer: of 1's tails, 2 is known", () => {
    const [, , two] = draw(0.5, true);
    // Only where eight draws in a row gave 2: (½)^4·(1/5)^4 of the near ones, (1/5)^8 of the others: about 0.2 of 4,000
    expect(two).toBeLessThan(5);
  });
});

describe("makeLoss", () => {
  it("weighs negatives by their own softmax in the self-adversarial loss", () => {
    const slopes = new Float64Array(3);
    const loss = makeLoss(makeConfig("rotate", { loss: "logistic", margin: 1, temperature: 2 }));
    // Scores −1 | 0, −1 with γ = 1: true end σ(−(1 − 1)) = ½, so slope −½ and loss log 2.
    // p = e⁰ : e⁻² = .880797 : .119203; σ(1 + 0) = .731059, σ(1 − 1) = .5
    expect(loss(Float64Array.of(-1, 0, -1), slopes)).toBeCloseTo(
      Math.LN2 + 0.880797 * Math.log(1 + Math.E) + 0.119203 * Math.LN2,
      5,
    );
    expect(slopes[0]).toBeCloseTo(-0.5, 6);
    expect(slopes[1]).toBeCloseTo(0.880797 * 0.731059, 5);
    expect(slopes[2]).toBeCloseTo(0.119203 * 0.5, 5);
  });

  it("leaves negatives alone that are a margin behind", () => {
    const slopes = new Float64Array(3);
    const loss = makeLoss(makeConfig("transe", { loss: "margin", margin: 2 }));
    // 2 − (−1) + (−2) = 1 lacks, 2 + 1 − 4 = −1 does not; mean (1 + 0) / 2
    expect(loss(Float64Array.of(-1, -2, -4), slopes)).toBeCloseTo(0.5, 10);
    expect([...slopes]).toEqual([-0.5, 0.5, 0]);
  });

  it("stays finite where scores are huge", () => {
    for (const loss of ["logistic", "margin", "softmax"] as const) {
      const slopes = new Float64Array(3);
      const value = makeLoss(makeConfig("complex", { loss, temperature: 1 }))(
        Float64Array.of(-1e4, 1e4, 1e4),
        slopes,
      );
      expect([value, ...slopes].every(Number.isFinite)).toBe(true);
    }
  });
});
