import { describe, expect, it } from "vitest";
import { lossAndGradients, makeGradients } from "../../../src/ranker/device/lossAndGradients.ts";
import type { ChoiceBatch, Floats, Gradients, PathParameters } from "../../../src/ranker/device/types.ts";
import { drawBatch, drawParameters, relativeError, SMALL } from "./batches.ts";

const NAMES = ["weights", "query", "offset", "embedding", "profile"] as const;

describe("lossAndGradients", () => {
  it("gives log 2 and half a push for a choice between two rows that score alike", () => {
    // Each row has a group of its own, of linear weight 1 and no gate: z = 3, softmax ½ each; row 0 was chosen.
    // d loss/d s = ½ − 1 = −½ and ½. By the weights: ∓½·3 = ∓1.5. By the offsets: a = 1, da/dt = 1·(1 − ½) = ½,
    // so ∓½·w·mass·½ = ∓0.75.
    const [batch, parameters] = twoRows();
    const gradients = makeGradients(parameters);
    expect(lossAndGradients(batch, parameters, gradients)).toBeCloseTo(Math.LN2, 12);
    expect(gradients.weights[0]).toBeCloseTo(-1.5, 12);
    expect(gradients.weights[1]).toBeCloseTo(1.5, 12);
    expect(gradients.offset[0]).toBeCloseTo(-0.75, 12);
    expect(gradients.offset[1]).toBeCloseTo(0.75, 12);
  });

  it("gives the slopes of the loss: the same as small steps of every single parameter", () => {
    const batch = drawBatch(SMALL);
    const parameters = inFloat64(drawParameters(SMALL));
    const gradients = makeGradients(parameters);
    lossAndGradients(batch, parameters, gradients);
    for (const name of NAMES) {
      const slopes = stepEach(batch, parameters, name);
      expect(relativeError(slopes, gradients[name]), name).toBeLessThan(1e-7);
      expect(Math.max(...slopes.map(Math.abs)), name).toBeGreaterThan(1e-3);
    }
  });

  it("adds to what the gradients hold", () => {
    const [batch, parameters] = [drawBatch(SMALL), drawParameters(SMALL)];
    const [once, twice] = [makeGradients(parameters), makeGradients(parameters)];
    for (const into of [once, twice, twice]) lossAndGradients(batch, parameters, into);
    for (const name of NAMES) {
      const doubled = Float64Array.from(once[name], (value) => 2 * value);
      expect(relativeError(doubled, twice[name]), name).toBeLessThan(1e-12);
    }
  });

  it("falls when the parameters step against it", () => {
    const batch = drawBatch({ ...SMALL, users: 20 });
    const parameters = inFloat64(drawParameters({ ...SMALL, users: 20 }));
    const losses: number[] = [];
    for (let step = 0; step < 20; step++) {
      const gradients = makeGradients(parameters);
      losses.push(lossAndGradients(batch, parameters, gradients));
      descend(parameters, gradients, 0.2);
    }
    for (let step = 1; step < losses.length; step++) expect(losses[step]).toBeLessThan(losses[step - 1]);
  });

  it("is 0 where no user chose anything, and where there is no path it is what chance gives", () => {
    const [batch, parameters] = [drawBatch(SMALL), drawParameters(SMALL)];
    const gradients = makeGradients(parameters);
    const target = new Float32Array(batch.rows);
    expect(lossAndGradients({ ...batch, target }, parameters, gradients)).toBe(0);
    const none = new Int32Array(0);
    const empty = { row: none, group: none, user: none, meeting: none, mass: new Float32Array(0) };
    const two = { rows: 2, offsets: Int32Array.of(0, 2), target: Float32Array.of(0, 1) };
    expect(lossAndGradients({ ...empty, ...two }, parameters, gradients)).toBeCloseTo(Math.LN2, 12);
    for (const name of NAMES)
      expect(
        gradients[name].every((slope) => slope === 0),
        name,
      ).toBe(true);
  });

  it("learns nothing from a user with one row", () => {
    const parameters = drawParameters(SMALL);
    const gradients = makeGradients(parameters);
    const one = { row: Int32Array.of(0), group: Int32Array.of(1), user: Int32Array.of(0) };
    const rest = { meeting: Int32Array.of(3), mass: Float32Array.of(1) };
    const choice = { rows: 1, offsets: Int32Array.of(0, 1), target: Float32Array.of(1) };
    expect(lossAndGradients({ ...one, ...rest, ...choice }, parameters, gradients)).toBeCloseTo(0, 12);
    for (const name of NAMES) expect(gradients[name].every((slope) => Math.abs(slope) < 1e-15)).toBe(true);
  });
});

/** Two rows with one path of mass 3 each, in groups of their own. */
function twoRows(): [ChoiceBatch, PathParameters] {
  const zeros = new Float64Array(2);
  const batch = {
    ...{ rows: 2, row: Int32Array.of(0, 1), group: Int32Array.of(0, 1), user: new Int32Array(2) },
    ...{ meeting: Int32Array.of(-1, -1), mass: Float64Array.of(3, 3) },
    ...{ offsets: Int32Array.of(0, 2), target: Float64Array.of(1, 0) },
  };
  const shapes = {
    weights: Float64Array.of(1, 1, 0, 0, 0, 0),
    tau: Float64Array.of(1, 1),
    kappa: Float64Array.of(1, 1),
  };
  const gates = { profile: Float64Array.of(0), embedding: Float64Array.of(0), query: zeros, offset: zeros };
  return [batch, { dim: 1, bias: 0, ...shapes, ...gates }];
}

function inFloat64(parameters: PathParameters): PathParameters {
  const wide = NAMES.map((name) => [name, Float64Array.from(parameters[name])] as const);
  return { ...parameters, ...Object.fromEntries(wide) };
}

/** Central differences, [size of the parameter]. */
function stepEach(batch: ChoiceBatch, parameters: PathParameters, name: (typeof NAMES)[number]): number[] {
  const STEP = 1e-5;
  const values = parameters[name];
  const lossAt = (at: number, value: number): number => {
    const moved: Floats = values.slice();
    moved[at] = value;
    return lossAndGradients(batch, { ...parameters, [name]: moved }, makeGradients(parameters));
  };
  return Array.from(values, (value, at) => {
    return (lossAt(at, value + STEP) - lossAt(at, value - STEP)) / (2 * STEP);
  });
}

function descend(parameters: PathParameters, gradients: Gradients, rate: number): void {
  for (const name of NAMES) {
    for (let at = 0; at < parameters[name].length; at++) parameters[name][at] -= rate * gradients[name][at];
  }
}
