import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCheckpoint, restoreArrays, writeCheckpoint } from "../../../src/ranker/optimise/checkpoint.ts";
import { packArrays } from "../../../src/ranker/optimise/packArrays.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-checkpoint-"));
});
afterAll(() => rm(folder, { recursive: true }));

const CHECKPOINT = {
  digest: "abc",
  state: { epoch: 3, random: 4_294_967_295, log: [{ loss: 0.1 }], text: "δ\nline" },
  arrays: {
    theta: Float32Array.of(1.5, Number.NaN, -0),
    steps: Uint32Array.of(7),
    none: new Float32Array(0),
  },
};

it("gives back every bit that was written, and nothing where there is no file", async () => {
  const file = join(folder, "whole");
  expect(await readCheckpoint(file, "abc")).toBeNull();
  await writeCheckpoint(file, CHECKPOINT);
  const read = await readCheckpoint(file, "abc");
  expect(read).toEqual(CHECKPOINT);
  expect(Object.is(read?.arrays.theta[2], -0)).toBe(true);
});

it("takes the place of the checkpoint before, and leaves nothing beside it", async () => {
  const file = join(folder, "again");
  await writeCheckpoint(file, CHECKPOINT);
  await writeCheckpoint(file, { ...CHECKPOINT, state: { epoch: 4 } });
  expect((await readCheckpoint<{ epoch: number }>(file, "abc"))?.state.epoch).toBe(4);
  expect((await readdir(folder)).filter((name) => name.startsWith("again"))).toEqual(["again"]);
});

it("refuses a file that is cut off at any place, naming it", async () => {
  const file = join(folder, "cut");
  await writeCheckpoint(file, CHECKPOINT);
  const { length } = await readFile(file);
  for (const size of [length - 1, length - 40, 60, 30]) {
    await truncate(file, size);
    await expect(readCheckpoint(file, "abc")).rejects.toThrow(
      `not a usable checkpoint ("${file}"): its ${size} bytes do not have the checksum at their end; expected a whole file`,
    );
  }
  await truncate(file, 0);
  await expect(readCheckpoint(file, "abc")).rejects.toThrow(
    `it begins with "", expected "WHYGRAPH-CHECKPOINT-1"`,
  );
});

it("refuses a file with one bit turned over", async () => {
  const file = join(folder, "turned");
  await writeCheckpoint(file, CHECKPOINT);
  const bytes = await readFile(file);
  bytes[bytes.length - 40] ^= 1;
  await writeFile(file, bytes);
  await expect(readCheckpoint(file, "abc")).rejects.toThrow("do not have the checksum at their end");
});

it("refuses a file that is something else, and a checkpoint of another training", async () => {
  const file = join(folder, "foreign");
  await writeFile(file, packArrays("WHYGRAPH-MODEL-2", { header: {}, arrays: {} }));
  await expect(readCheckpoint(file, "abc")).rejects.toThrow(`it begins with "WHYGRAPH-MODEL-2`);
  await writeCheckpoint(file, CHECKPOINT);
  await expect(readCheckpoint(file, "xyz")).rejects.toThrow(
    `not a usable checkpoint ("${file}"): it is of the training abc, expected xyz; its settings or data are others`,
  );
});

it("copies arrays into the live ones, and refuses those of another length", () => {
  const live = new Float32Array(2);
  restoreArrays({ live: Float32Array.of(1, 2) }, { live });
  expect([...live]).toEqual([1, 2]);
  expect(() => restoreArrays({ live: Float32Array.of(1) }, { live })).toThrow(
    "the array live has 1 numbers; expected 2",
  );
  expect(() => restoreArrays({}, { live })).toThrow("the array live has undefined numbers; expected 2");
});
