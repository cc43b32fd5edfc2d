import { describe, expect, it } from "vitest";
import { crossFit } from "../../../../src/ranker/evaluate/ctr/crossFit.ts";
import { fitLogistic } from "../../../../src/ranker/evaluate/ctr/fitLogistic.ts";
import { fitShapes, scoreMasses } from "../../../../src/ranker/evaluate/ctr/fitShapes.ts";
import { makeFacts } from "../../../../src/ranker/evaluate/ctr/makeFacts.ts";
import { measureMasses, NEWCOMER, POPULARITY } from "../../../../src/ranker/evaluate/ctr/measureMasses.ts";
import { makeGraphSteps, makeWorld } from "../../../../src/ranker/evaluate/ctr/World.ts";
import { Random } from "../../../../src/ranker/random.ts";
import { makeCtrData, makeFans } from "./support.ts";

describe("the regression", () => {
  it("finds the log-odds of the two halves of a yes-or-no column", () => {
    // x = 0: 1 of 4 liked, log(1/3); x = 1: 3 of 4 liked, log 3, so the weight is log 3 − log(1/3) = 2·log 3.
    const { bias, weights } = fitLogistic({
      columns: [Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)],
      labels: [1, 0, 0, 0, 1, 1, 1, 0],
      ridge: 0,
    });
    expect(bias).toBeCloseTo(-Math.log(3), 5);
    expect(weights[0]).toBeCloseTo(2 * Math.log(3), 5);
  });

  it("gives a column that speaks against liking no weight, and the bias the log-odds of all", () => {
    // 4 of 8 liked in all would be 0; here 2 of 8: log(2/6) = −log 3.
    const { bias, weights } = fitLogistic({
      columns: [Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)],
      labels: [1, 1, 0, 0, 0, 0, 0, 0],
      ridge: 0,
    });
    expect(weights[0]).toBe(0);
    expect(bias).toBeCloseTo(-Math.log(3), 5);
  });

  it("stands at a minimum: the slope is 0 along positive weights and not below 0 along the others", () => {
    const random = new Random(4);
    const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: 300 }, () => random.next()));
    const labels = columns[0].map((x, row) => (x - 2 * columns[1][row] + random.next() > 0 ? 1 : 0));
    const ridge = 0.01;
    const { bias, weights } = fitLogistic({ columns, labels, ridge });
    const errors = labels.map((label, row) => {
      const logit = columns.reduce((sum, column, at) => sum + weights[at] * column[row], bias);
      return 1 / (1 + Math.exp(-logit)) - label;
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / 300).toBeCloseTo(0, 5);
    for (const [at, column] of columns.entries()) {
      const slope = column.reduce((sum, x, row) => sum + x * errors[row], 0) / 300 + ridge * weights[at];
      if (weights[at] > 0) expect(slope).toBeCloseTo(0, 5);
      else expect(slope).toBeGreaterThan(-1e-6);
    }
    expect(weights[1]).toBe(0);
  });

  it("starts from another solution and comes to the same", () => {
    const task = { columns: [Float64Array.of(0, 1, 2, 3)], labels: [0, 1, 0, 1], ridge: 0.1 };
    const cold = fitLogistic(task);
    const warm = fitLogistic({ ...task, start: { bias: -3, weights: Float64Array.of(4) } });
    expect(warm.weights[0]).toBeCloseTo(cold.weights[0], 4);
    expect(warm.bias).toBeCloseTo(cold.bias, 4);
  });
});

describe("shapes", () => {
  // The log-odds follow log(1 + z): liked 1 of 2 at z = 0, 9 of 10 at 8, 17 of 18 at 16.
  const values: number[] = [];
  const labels: number[] = [];
  for (const [z, liked] of [
    [0, 90],
    [1, 120],
    [2, 135],
    [8, 162],
    [16, 170],
  ]) {
    for (let row = 0; row < 180; row++) {
      values.push(z);
      labels.push(row < liked ? 1 : 0);
    }
  }
  const masses = { groups: ["users"], values: [Float64Array.from(values)] };

  it("bend where the data do, and then fit better than a line", () => {
    const ridge = 1e-5;
    const bent = fitShapes(masses, labels, { ridge, concave: true }).model;
    const line = fitShapes(masses, labels, { ridge, concave: false }).model;
    const scoreAt = (model: typeof bent, z: number): number =>
      scoreMasses(model, { groups: ["users"], values: [Float64Array.of(z)] })[0];
    // log(17) = 2.83 at 16; the line overshoots at 16 and starts too high at 0, where the truth is 0.
    expect(Math.abs(scoreAt(bent, 0))).toBeLessThan(Math.abs(scoreAt(line, 0)));
    expect(scoreAt(bent, 16)).toBeCloseTo(Math.log(17), 0);
    expect(line.shapes[0]).toMatchObject({ saturating: 0, logarithmic: 0 });
  });

  it("have no weight below 0, so that more evidence never takes away", () => {
    const { model } = fitShapes(
      masses,
      labels.map((label) => 1 - label),
      { ridge: 1e-3, concave: true },
    );
    expect(model.shapes[0]).toMatchObject({ linear: 0, saturating: 0, logarithmic: 0 });
  });
});

describe("cross-fit", () => {
  it("measures each row as if its label had never been seen", () => {
    const data = makeFans(40, 9);
    const train = data.rows.user.map((_, row) => row);
    const options = { graph: makeGraphSteps(data), folds: 5, seed: 2 };
    const before = crossFit(data, train, options);
    for (const row of [0, 5, 33]) {
      const label = data.rows.label.slice();
      label[row] = 1 - label[row];
      const after = crossFit({ ...data, rows: { ...data.rows, label } }, train, options);
      expect(after.values.map((column) => column[row])).toEqual(before.values.map((column) => column[row]));
      expect(after.values).not.toEqual(before.values); // others do see it
    }
  });
});

describe("the masses of the item alone", () => {
  it("count its fans, and say so where there are none", () => {
    const data = makeCtrData(
      [
        [0, 0, 1],
        [1, 0, 1],
        [1, 1, 0],
      ],
      [],
      { users: 2, items: 2 },
    );
    const rows = Int32Array.of(0, 2);
    const { groups, values } = measureMasses(
      data,
      makeWorld(data, Int32Array.of(0, 1, 2), makeGraphSteps(data)),
      rows,
    );
    expect([...values[groups.indexOf(POPULARITY)]]).toEqual([2, 0]);
    expect([...values[groups.indexOf(NEWCOMER)]]).toEqual([0, 1]);
  });
});

describe("facts", () => {
  it("are the relation, its direction and the other end; rare relations are one group", () => {
    // 60 films of one director, one sequel between films 0 and 1: 1 of 62 facts, below 2 %.
    const triples = Array.from({ length: 60 }, (_, film) => [film, 0, 60] as const);
    const data = makeCtrData([], [...triples, [0, 1, 1]], {
      ...{ users: 0, items: 60, relations: ["directed by", "sequel"] },
    });
    const { groups, facts, groupOf, item, fact } = makeFacts(data);
    expect(groups).toEqual(["directed by", "other relations"]);
    expect(facts).toBe(3); // directed by 60; sequel of what 1 is; what 0 is the sequel of
    expect([...groupOf]).toEqual([0, 1, 1]);
    expect([item.at(-2), fact.at(-2), item.at(-1), fact.at(-1)]).toEqual([0, 1, 1, 2]);
  });
});
