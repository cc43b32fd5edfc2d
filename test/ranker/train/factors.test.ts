import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backend, openBackend } from "../../../src/ranker/backend.ts";
import { makeRandom } from "../../../src/ranker/random.ts";
import { FactorBatches } from "../../../src/ranker/train/factors/FactorBatch.ts";
import { DEFAULT_FACTORS } from "../../../src/ranker/train/factors/FactorConfig.ts";
import { fitFactors } from "../../../src/ranker/train/factors/fitFactors.ts";
import { cutHistory, leaveOut } from "../../../src/ranker/train/factors/splitHistory.ts";
import { trainHead } from "../../../src/ranker/train/factors/trainHead.ts";
import { makeItemSpace } from "../../../src/ranker/train/itemSpace.ts";
import { graphOf, historiesOf } from "../support.ts";

describe("a history in two", () => {
  it("always shows something and asks for something", () => {
    const random = makeRandom(1);
    for (let turn = 0; turn < 200; turn++) {
      const { shown, asked, weights } = leaveOut(2 + (turn % 5), random);
      expect(shown.length).toBeGreaterThan(0);
      expect(asked.length).toBeGreaterThan(0);
      expect([...shown, ...asked].sort()).toEqual(
        Array.from({ length: 2 + (turn % 5) }, (_, place) => place),
      );
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  });

  it("asks for the next twenty after a cut, each nine tenths of the one before", () => {
    const { shown, asked, weights } = cutHistory(5, "next", () => 0.3); // cut = 1 + ⌊.3·4⌋ = 2
    expect(shown).toEqual([1, 0]);
    expect(asked).toEqual([2, 3, 4]);
    const total = 1 + 0.9 + 0.81;
    expect(weights).toEqual([1 / total, 0.9 / total, 0.81 / total]);
  });

  it("asks for later ones, all alike", () => {
    const { asked, weights } = cutHistory(11, "later", () => 0.5); // cut = 1 + 5, gap ⌊.5·.7·5⌋ = 1
    expect(asked).toEqual([7, 8, 9, 10]);
    expect(weights).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

/** Two camps: items 1–6 and 7–12; each user stays in one. */
function camps() {
  const graph = graphOf(12, 0, [], []);
  const random = makeRandom(5);
  const users = Array.from({ length: 60 }, (_, user) => {
    const items = Array.from({ length: 6 }, (_, item) => (user % 2) * 6 + item + 1);
    return items.sort(() => random() - 0.5).slice(0, 4);
  });
  return makeItemSpace(historiesOf(users, graph, false), graph.size);
}

describe("factors", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openBackend("wasm");
  });
  afterAll(() => backend.close());

  it("fill batches whose rows mask what is shown and share out what is asked for", () => {
    const space = camps();
    const batches = new FactorBatches(space, { ...DEFAULT_FACTORS, batch: 4 });
    const batch = batches.fill([0, 1, 2, 3], makeRandom(2));
    const items = space.entity.length;
    let asked = 0;
    for (let row = 0; row < 4; row++) {
      for (let at = batch.offsets[row]; at < batch.offsets[row + 1]; at++) {
        expect(batch.start[row * items + batch.shown[at]]).toBe(-1e9);
        expect(batch.asked[row * items + batch.shown[at]]).toBe(0);
      }
      const sum = batch.asked.subarray(row * items, (row + 1) * items).reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(batch.shares[row], 6);
      asked += sum;
    }
    expect(asked).toBeCloseTo(1, 6);
  });

  it("lower the loss, put items of the same camp nearer, and leave no tensors behind", async () => {
    const space = camps();
    const before = backend.tf.memory().numTensors;
    const losses: number[] = [];
    const config = { ...DEFAULT_FACTORS, dim: 8, steps: 160, batch: 32, decay: 0.1 };
    const { from, to } = await trainHead(backend.tf, space, config, {
      seed: 1,
      onStep: (_, loss) => void losses.push(loss),
    });
    expect(backend.tf.memory().numTensors).toBe(before);
    expect(losses.at(-1)).toBeLessThan(losses[0] - 0.3); // log 12 → log 6 and less
    const product = (a: number, b: number) =>
      from.subarray(a * 8, a * 8 + 8).reduce((sum, value, k) => sum + value * to[b * 8 + k], 0);
    for (let item = 0; item < 12; item++) {
      const others = Array.from({ length: 12 }, (_, other) => other).filter((other) => other !== item);
      const best = others.reduce((top, other) => (product(item, other) > product(item, top) ? other : top));
      expect(Math.floor(best / 6)).toBe(Math.floor(item / 6));
    }
  });

  it("are the same for the same seed, and average their heads", async () => {
    const space = camps();
    const config = { ...DEFAULT_FACTORS, dim: 4, steps: 16, batch: 16, heads: 2 };
    const [one, two] = [
      await fitFactors(backend.tf, space, config, { seed: 3 }),
      await fitFactors(backend.tf, space, config, { seed: 3 }),
    ];
    expect(one).toEqual(two);
    expect(one.from).toHaveLength(12 * 8);
    const head = await trainHead(backend.tf, space, { ...config, heads: 1 }, { seed: 3000 });
    expect(one.from[0]).toBeCloseTo(head.from[0] / 2, 6);
  });
});
