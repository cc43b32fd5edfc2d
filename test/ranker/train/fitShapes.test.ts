import { expect, it } from "vitest";
import { layOutGroups } from "../../../src/ranker/groups.ts";
import { applyShape } from "../../../src/ranker/shape.ts";
import type { Case } from "../../../src/ranker/train/cases.ts";
import { fitShapes } from "../../../src/ranker/train/fitShapes.ts";
import { graphOf } from "../support.ts";

const graph = graphOf(1, 0, [], []);
const layout = layOutGroups(["co-interaction"], []);

/** The wanted row has a mass of 2; the others speak against their items, far below −κ. */
const signed: Case = {
  offsets: Int32Array.of(0, 1, 2, 3),
  group: Uint16Array.of(0, 0, 0),
  mass: Float64Array.of(2, -5, -0.5),
  targets: 1,
  found: 1,
};

it("learns bent shapes of masses that speak against an item, too", () => {
  const { shapes } = fitShapes(Array(40).fill(signed), layout, graph, {
    shape: "concave",
    relations: "learned",
  });
  const shape = shapes["behaviour:co-interaction"];
  expect(Object.values(shape).every(Number.isFinite)).toBe(true);
  expect(applyShape(shape, 2)).toBeGreaterThan(0);
  expect(applyShape(shape, -2)).toBe(-applyShape(shape, 2));
  // Bent: the second unit of mass is worth less than the first.
  expect(applyShape(shape, 2)).toBeLessThan(2 * applyShape(shape, 1));
});
