import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type * as huggingface from "@huggingface/transformers";
import { DomainError } from "../../../errors.ts";
import { collapseSpace } from "../collapseSpace.ts";
import type { Encoder } from "../Encoder.ts";
import { scaleToUnit } from "../scaleToUnit.ts";
import { poolTokens } from "./poolTokens.ts";

const VERSION = "4.3.0";
const FILES = { fp32: "model.onnx", q8: "model_quantized.onnx" } as const;
const MOST_TOKENS = 512;
const TEXTS_PER_RUN = 16;

/**
 * Opens an encoder of a local folder as Hugging Face lays it out: config.json, tokenizer.json and onnx/model.onnx
 * (or onnx/model_quantized.onnx). Nothing is fetched. The encoder's id has a digest of the weights.
 * @throws {DomainError} CONFIGURATION where the package that runs it is not installed, or the folder has no such model
 */
export async function openTransformers(folder: string): Promise<Encoder> {
  const { AutoModel, AutoTokenizer, env } = await importPackage();
  const path = resolve(folder);
  const dtype = existsSync(join(path, "onnx", FILES.fp32)) ? "fp32" : "q8";
  const weights = join(path, "onnx", FILES[dtype]);
  if (!existsSync(weights)) throw refuse(folder, `it has no onnx/${FILES.fp32} and no onnx/${FILES.q8}`);
  Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, localModelPath: dirname(path) });
  const name = basename(path);
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(name),
    AutoModel.from_pretrained(name, { dtype }),
  ]).catch((error: Error) => {
    throw refuse(folder, error.message);
  });
  const limits = [tokenizer.model_max_length, model.config.max_position_embeddings, MOST_TOKENS];
  const maxTokens = Math.min(...limits.filter((limit) => limit !== undefined));
  const run = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const inputs = tokenizer(texts, { padding: true, truncation: true, max_length: maxTokens });
    return poolTokens(await model(inputs), inputs.attention_mask).map(scaleToUnit);
  };
  const whyNot = (text: string) => (/[\p{L}\p{N}]/u.test(text) ? null : "no letters and no digits");
  const [{ length: dim }] = await run(["whygraph"]);
  return {
    ...{ id: `transformers:${name}@${await digestOf(weights)}`, dim, languages: ["*"], maxTokens, whyNot },
    countTokens: (text) => tokenizer.encode(collapseSpace(text)).length,
    async encode(texts) {
      const vectors = texts.map((): Float32Array | null => null);
      const places = [...texts.keys()].filter((at) => whyNot(texts[at]) === null);
      places.sort((a, b) => texts[a].length - texts[b].length); // alike lengths together: little padding
      for (let start = 0; start < places.length; start += TEXTS_PER_RUN) {
        const part = places.slice(start, start + TEXTS_PER_RUN);
        const found = await run(part.map((at) => collapseSpace(texts[at])));
        part.forEach((at, row) => {
          vectors[at] = found[row];
        });
      }
      return vectors;
    },
  };
}

/** Loaded only when asked for: with its runtime it takes half a gigabyte. */
async function importPackage(): Promise<typeof huggingface> {
  try {
    return await import("@huggingface/transformers");
  } catch (error) {
    throw new DomainError(
      "CONFIGURATION",
      "the encoder transformers needs the package @huggingface/transformers, which cannot be loaded " +
        `(${(error as Error).message.split("\n", 1)[0]}); install it with: ` +
        `npm_config_onnxruntime_node_install=skip npm install --no-save @huggingface/transformers@${VERSION}`,
    );
  }
}

function refuse(folder: string, reason: string): DomainError {
  return new DomainError(
    "CONFIGURATION",
    `the folder "${folder}" holds no model: ${reason}; expected config.json, tokenizer.json and onnx/${FILES.fp32}`,
  );
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex").slice(0, 12);
}
