import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTransformers } from "../../../src/ranker/text/transformers/openTransformers.ts";
import { poolTokens } from "../../../src/ranker/text/transformers/poolTokens.ts";
import { makeOnnxModel } from "./makeOnnxModel.ts";

/** The package is half a gigabyte, so it is installed only where it is wanted. */
const installed = ((): boolean => {
  try {
    createRequire(import.meta.url).resolve("@huggingface/transformers");
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-onnx-"));
  await makeOnnxModel(join(folder, "tiny"));
});
afterAll(() => rm(folder, { recursive: true }));

it.skipIf(installed)("says how to install the package that it needs", async () => {
  await expect(openTransformers(join(folder, "tiny"))).rejects.toMatchObject({
    code: "CONFIGURATION",
    message: expect.stringMatching(
      /needs the package @huggingface\/transformers, .* npm install --no-save @huggingface\/transformers@4\.3\.0$/,
    ),
  });
});

describe.skipIf(!installed)("an ONNX model in a folder", () => {
  it("gives the mean of its tokens, padding left out, with length 1", async () => {
    const encoder = await openTransformers(join(folder, "tiny"));
    expect(encoder.id).toMatch(/^transformers:tiny@[0-9a-f]{12}$/);
    expect([encoder.dim, encoder.maxTokens]).toEqual([3, 6]); // the tokenizer's 6 is below the model's 8
    const vectors = await encoder.encode(["Alien  heat", "…", "drive"]);
    // (1, 0, 0) and (0, 2, 0) have the mean (½, 1, 0), over √1.25; "drive" is padded to two tokens.
    expect(Array.from(vectors[0]!)).toEqual([0.5, 1, 0].map((x) => expect.closeTo(x / Math.sqrt(1.25), 6)));
    expect(vectors[1]).toBe(null);
    expect(Array.from(vectors[2]!)).toEqual([0, 0, 1]);
  });

  it("reads no more than its tokens, and counts them", async () => {
    const encoder = await openTransformers(join(folder, "tiny"));
    const [vector] = await encoder.encode(["alien alien alien alien alien alien drive"]);
    expect(Array.from(vector!)).toEqual([1, 0, 0]);
    expect(encoder.countTokens("alien\n heat drive")).toBe(3);
  });

  it("is refused where it is not there", async () => {
    await expect(openTransformers(join(folder, "none"))).rejects.toThrow(
      /holds no model: it has no onnx\/model\.onnx/,
    );
  });
});

describe("the output of a model", () => {
  const mask = { dims: [1, 2], data: BigInt64Array.of(1n, 0n) };

  it("is one vector per text where the model pools by itself", () => {
    const sentence = { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
    expect(poolTokens({ sentence_embedding: sentence }, mask)).toEqual([
      Float32Array.of(1, 2),
      Float32Array.of(3, 4),
    ]);
  });

  it("is the mean of the tokens that the mask keeps", () => {
    const hidden = { dims: [1, 2, 2], data: Float32Array.of(1, 2, 9, 9) };
    expect(poolTokens({ last_hidden_state: hidden }, mask)).toEqual([Float32Array.of(1, 2)]);
  });

  it("is refused where it is neither", () => {
    expect(() => poolTokens({ logits: mask }, mask)).toThrow("the model gives logits; expected");
  });
});
