import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KnownTriples } from "../../../src/ranker/embed/KnownTriples.ts";
import { scoreAll } from "../../../src/ranker/embed/scoreTriple.ts";
import { trainEmbeddings } from "../../../src/ranker/embed/trainEmbeddings.ts";
import { EMBEDDING_MODELS, type Embedding } from "../../../src/ranker/embed/types.ts";
import { averageRanks, rankLinks } from "../../../src/ranker/evaluate/links/rankLinks.ts";
import { makeColumns, makeConfig, makeWorld } from "./support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-embed-"));
});
afterAll(() => rm(folder, { recursive: true }));

const world = makeWorld();
const known = new KnownTriples(world.entities, world.relations, [world]);

describe.each(EMBEDDING_MODELS)("trainEmbeddings of %s", (model) => {
  it("lowers the loss and learns the world by heart", async () => {
    const { epochs, ...embedding } = await trainEmbeddings(world, makeConfig(model, { epochs: 80 }));
    expect(epochs).toHaveLength(80);
    expect(epochs[79].loss).toBeLessThan(epochs[0].loss / 2);
    const ranks = rankLinks(world, known, (query, out) => scoreAll(embedding, query, out));
    // Among 39 entities chance is a mean of 1 / rank of about .1
    expect(averageRanks([ranks.tail, ranks.head]).mrr).toBeGreaterThan(0.6);
  });
});

describe("trainEmbeddings", () => {
  it("gives the same vectors for the same seed, and others for another", async () => {
    const config = makeConfig("rotate", { epochs: 2 });
    const [one, again, other] = [
      await trainEmbeddings(world, config),
      await trainEmbeddings(world, config),
      await trainEmbeddings(world, { ...config, seed: 2 }),
    ];
    expect(again.entities).toEqual(one.entities);
    expect(other.entities).not.toEqual(one.entities);
  });

  it("completes a triple that it never saw, out of a rule that the others show", async () => {
    // Films 12…23 follow films 0…11 and share their directors; the director of film 13 is held out: 24 + 0.
    const rows = [...world.head.keys()]
      .map((row) => [world.head[row], world.relation[row], world.tail[row]] as const)
      .filter(([head, relation]) => head !== 13 || relation !== 0);
    const seen = makeColumns(rows, world);
    const embedding = await trainEmbeddings(
      seen,
      makeConfig("complex", { epochs: 200, cubic: 0.02, dimension: 16 }),
    );
    const scores = new Float32Array(world.entities);
    scoreAll(embedding, { side: "TAIL", entity: 13, relation: 0 }, scores);
    const better = [...scores].filter((score) => score > scores[24]).length;
    expect(better).toBeLessThanOrEqual(1);
  });

  it("stops where validation has stopped rising, and gives the best epoch's vectors", async () => {
    const kept: Float32Array[] = [];
    const metrics = [0.1, 0.4, 0.3, 0.2, 0.9];
    const trained = await trainEmbeddings(world, makeConfig("transe", { epochs: 5, patience: 2 }), {
      validate: ({ entities }: Embedding) => {
        kept.push(entities.slice());
        return metrics[kept.length - 1];
      },
    });
    expect(trained.epochs.map(({ valid }) => valid)).toEqual([0.1, 0.4, 0.3, 0.2]);
    expect(trained.bestEpoch).toBe(1);
    expect(trained.entities).toEqual(kept[1]);
  });

  it("goes on from a checkpoint to the very bits of an undisturbed training", async () => {
    const config = makeConfig("rotate", {
      epochs: 6,
      decay: "cosine",
      temperature: 1,
      loss: "logistic",
      weightDecay: 0.01,
    });
    const validate = ({ entities }: Embedding) => -Math.abs(entities[0] - 0.3);
    const whole = await trainEmbeddings(world, config, { validate });
    const checkpoint = join(folder, "resumed");
    const interruption = new AbortController();
    const first = trainEmbeddings(world, config, {
      ...{ validate, checkpoint, signal: interruption.signal },
      onEpoch: ({ epoch }) => void (epoch === 2 && interruption.abort(new Error("power cut"))),
    });
    await expect(first).rejects.toThrow("power cut");
    const starts: number[] = [];
    const onStart = (epoch: number) => void starts.push(epoch);
    const resumed = await trainEmbeddings(world, config, { validate, checkpoint, onStart });
    expect(starts).toEqual([3]);
    expect(resumed).toEqual(whole);
    // And once more: there is nothing left to do.
    expect(await trainEmbeddings(world, config, { validate, checkpoint, onStart })).toEqual(whole);
    expect(starts).toEqual([3, 6]);
  });

  it("refuses the checkpoint of another configuration, of other triples, and a file cut off", async () => {
    const checkpoint = join(folder, "refused");
    const config = makeConfig("transe", { epochs: 1 });
    await trainEmbeddings(world, config, { checkpoint });
    const others = { ...world, tail: world.tail.with(0, 25) };
    for (const again of [
      () => trainEmbeddings(world, { ...config, rate: 0.06 }, { checkpoint }),
      () => trainEmbeddings(others, config, { checkpoint }),
    ]) {
      await expect(again()).rejects.toThrow("its settings or data are others");
    }
    await writeFile(checkpoint, "WHYGRAPH-CHECKPOINT-1\n{");
    await expect(trainEmbeddings(world, config, { checkpoint })).rejects.toThrow("expected a whole file");
  });
});
