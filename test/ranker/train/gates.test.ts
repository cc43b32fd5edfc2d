import { describe, expect, it } from "vitest";
import { makeRandom, Random } from "../../../src/ranker/random.ts";
import { straight } from "../../../src/ranker/shape.ts";
import type { UserPaths } from "../../../src/ranker/train/gates/collectPaths.ts";
import { fitGates, type GateEpoch, type GateTask } from "../../../src/ranker/train/gates/fitGates.ts";
import { GateState } from "../../../src/ranker/train/gates/GateState.ts";
import { TextLoss } from "../../../src/ranker/train/gates/TextLoss.ts";

const DIRECTED = 0;
const TAGGED = 1;

/**
 * Two kinds of users. Entities 0–1 are what they liked before, 2 a director, 3 a tag. The wanted row shares the director for
 * users of the first kind, the tag for those of the second; the other row the other way round. Static weights cannot please both.
 */
function users(count: number): UserPaths[] {
  return Array.from({ length: count }, (_, user) => {
    const followsDirectors = user % 2 === 0;
    return {
      ...{ rows: 2, targets: 1, found: 1 },
      row: Int32Array.of(0, 1),
      group: Uint16Array.of(...(followsDirectors ? [DIRECTED, TAGGED] : [TAGGED, DIRECTED])),
      meeting: Int32Array.of(...(followsDirectors ? [2, 3] : [3, 2])),
      mass: Float32Array.of(1, 1.2),
      history: Int32Array.of(followsDirectors ? 0 : 1),
      recency: Float64Array.of(1),
    };
  });
}

function task(fusion: GateTask["fusion"], onEpoch?: GateTask["onEpoch"]): GateTask {
  return {
    ...{ users: users(800), fusion, seed: 1, onEpoch },
    triples: {
      ...{ entities: 4, relations: 2 },
      head: Int32Array.of(0, 1, 0, 1),
      relation: Int32Array.of(0, 1, 0, 1),
      tail: Int32Array.of(2, 3, 2, 3),
    },
    groups: [
      { name: "relation:directed_by", shape: straight(1), gated: true },
      { name: "relation:tagged", shape: straight(1), gated: true },
    ],
    text: null,
  };
}

describe("gates", () => {
  it("learn whom to listen to where one weight for all cannot", async () => {
    const epochs: GateEpoch[] = [];
    const { gates, before, after } = await fitGates(task("dynamic", (numbers) => void epochs.push(numbers)));
    // The other row's mass is larger: rank 2 for everybody, 1/log2(3).
    expect(before).toBeCloseTo(1 / Math.log2(3), 9);
    expect(after).toBe(1);
    expect(epochs.length).toBeGreaterThan(1);
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0].loss);
    expect(gates.query["relation:tagged"]).toHaveLength(gates.dim);
    expect(gates.embedding).toHaveLength(4 * gates.dim);
  });

  it("are learned jointly with the graph under collaborative fusion, each loss with a weight of its own", async () => {
    const epochs: GateEpoch[] = [];
    const { after } = await fitGates(task("collaborative", (numbers) => void epochs.push(numbers)));
    expect(after).toBe(1);
    expect(epochs.at(-1)!.graph).toBeLessThan(epochs[0].graph!);
    expect(epochs.at(-1)!.graphWeight).not.toBe(1);
  });

  it("give the embedding its gradient through the users' profiles too", () => {
    const random = makeRandom(4);
    const dim = 3;
    const embedding = Float32Array.from({ length: 4 * dim }, () => random() - 0.5);
    const state = new GateState(embedding, dim, [straight(1), straight(0.7)], [true, true]);
    state.query.forEach((_, at) => {
      state.query[at] = random() - 0.5;
    });
    const some = users(4);
    const { gradients } = state.differentiate(some);
    for (let at = 0; at < embedding.length; at++) {
      const kept = embedding[at];
      const lossAt = (value: number) => {
        embedding[at] = value;
        return state.differentiate(some).loss;
      };
      const slope = (lossAt(kept + 0.01) - lossAt(kept - 0.01)) / 0.02;
      embedding[at] = kept;
      expect(gradients.embedding[at]).toBeCloseTo(slope, 4);
    }
  });
});

describe("text and embedding", () => {
  it("are pulled together along the gradient of InfoNCE", () => {
    const dim = 2;
    const text = Float32Array.of(1, 0, 0, 1, 0, 0, -1, 0); // the third entity has none
    const space = {
      name: "text",
      kind: "TEXT",
      dim: 2,
      halfLife: null,
      origin: null,
      from: text,
      to: text,
    } as const;
    const embedding = Float32Array.of(0.3, -0.2, 0.1, 0.4, 0.5, 0.5, -0.3, 0.2);
    const gradient = new Float32Array(embedding.length);
    new TextLoss(space, dim, new Random(7)).step(1, 0, embedding, gradient);
    const lossAt = () => new TextLoss(space, dim, new Random(7)).step(1, 0, embedding, new Float32Array(8));
    for (let at = 0; at < embedding.length; at++) {
      const kept = embedding[at];
      embedding[at] = kept + 0.01;
      const above = lossAt();
      embedding[at] = kept - 0.01;
      const below = lossAt();
      embedding[at] = kept;
      expect(gradient[at]).toBeCloseTo((above - below) / 0.02, 3);
    }
    expect([...gradient.subarray(4, 6)]).toEqual([0, 0]);
  });
});
