import { expect, it } from "vitest";
import { bend, slope } from "../../../src/ranker/device/bend.ts";
import { fusePathsArrays } from "../../../src/ranker/device/fusePathsArrays.ts";
import { type BoundGates, makeProfile, openGates } from "../../../src/ranker/gates.ts";
import { applyShape, type Shape, slopeAtZero } from "../../../src/ranker/shape.ts";
import { drawBatch, drawParameters, SMALL } from "./batches.ts";

const parameters = drawParameters(SMALL);
const { groups, dim } = SMALL;

it("bends a mass as the serving ranker's shapes do", () => {
  for (let g = 0; g < groups; g++) {
    const [linear, saturating, logarithmic] = [0, 1, 2].map((kind) => parameters.weights[kind * groups + g]);
    const shape: Shape = {
      linear,
      saturating,
      logarithmic,
      tau: parameters.tau[g],
      kappa: parameters.kappa[g],
    };
    for (const z of [-3, -0.01, 0, 1e-6, 0.5, 40]) {
      expect(bend(parameters, g, z)).toBeCloseTo(applyShape(shape, z), 14);
    }
    expect(slope(parameters, g, 0)).toBeCloseTo(slopeAtZero(shape), 14);
  }
});

it("gates a path as the serving ranker does, for a history of two items", () => {
  const gates: BoundGates = {
    dim,
    embedding: parameters.embedding as Float32Array,
    rowOf: (index) => index,
    queryOf: (g) => Array.from(parameters.query.subarray(g * dim, (g + 1) * dim)),
    offsetOf: (g) => parameters.offset[g],
  };
  const [history, recency] = [
    [3, 7],
    [1, 0.5],
  ];
  const open = openGates(gates, history, recency);
  const batch = drawBatch({ ...SMALL, users: 1, rows: 20 });
  const { gate } = fusePathsArrays(batch, { ...parameters, profile: makeProfile(gates, history, recency) });
  expect(gate.length).toBeGreaterThan(50);
  gate.forEach((a, path) => {
    expect(a).toBeCloseTo(open(batch.group[path], batch.meeting[path]), 12);
  });
});
