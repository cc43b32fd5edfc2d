import type { GraphModel, Tensor } from "@tensorflow/tfjs";
import type { Tf } from "../../tf.ts";
import { collapseSpace } from "../collapseSpace.ts";
import type { Encoder } from "../Encoder.ts";
import { scaleToUnit } from "../scaleToUnit.ts";
import { Pieces } from "./Pieces.ts";
import { readPackage } from "./readPackage.ts";

const DIM = 512;
const MOST_TOKENS = 128; // the network reads no more
const TOKENS_PER_RUN = 512; // padding included: about a third of a second at a time on one core

/**
 * Opens the encoder that needs no network: the weights of Universal Sentence Encoder Lite, English, in the
 * backend that `tf` stands on. Takes 26 MB; about 1 second of a core per 1,500 tokens with the wasm backend.
 * @throws {DomainError} CONFIGURATION where the weights are not installed
 * @see Cer et al. 2018, "Universal Sentence Encoder"
 */
export async function openUseLite(tf: Tf): Promise<Encoder> {
  const { version, vocabulary, network } = await readPackage();
  const pieces = new Pieces(vocabulary);
  const model = await tf.loadGraphModel(tf.io.fromMemory(network));
  const whyNot = (text: string) => {
    if (!/[\p{L}\p{N}]/u.test(text)) return "no letters and no digits";
    const script = pieces.findUnreadScript(text);
    return script === null ? null : `no pieces for ${script}`;
  };
  return {
    id: `use-lite-en@${version}`,
    dim: DIM,
    languages: ["en"],
    maxTokens: MOST_TOKENS,
    countTokens: (text) => pieces.tokenize(collapseSpace(text)).length,
    whyNot,
    async encode(texts) {
      const vectors = texts.map((): Float32Array | null => null);
      const rows = texts
        .map((text, at) => ({ at, tokens: whyNot(text) === null ? cut(pieces, text) : [] }))
        .filter(({ tokens }) => tokens.length > 0)
        .sort((a, b) => a.tokens.length - b.tokens.length); // alike lengths together: little padding
      for (const batch of makeBatches(rows)) {
        const values = await run(
          tf,
          model,
          batch.map(({ tokens }) => tokens),
        );
        batch.forEach(({ at }, row) => {
          vectors[at] = scaleToUnit(values.slice(row * DIM, (row + 1) * DIM));
        });
      }
      return vectors;
    },
  };
}

function cut(pieces: Pieces, text: string): number[] {
  return pieces.tokenize(collapseSpace(text)).slice(0, MOST_TOKENS);
}

/** Splits rows, shortest first, so that rows × longest stays within what one run takes. */
function makeBatches<T extends { readonly tokens: readonly number[] }>(rows: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (const row of rows) {
    const last = batches.at(-1);
    if (last && (last.length + 1) * row.tokens.length <= TOKENS_PER_RUN) last.push(row);
    else batches.push([row]);
  }
  return batches;
}

/** Gives [rows × DIM]; the network takes tokens as (row, place) pairs and their values. */
async function run(tf: Tf, model: GraphModel, rows: readonly (readonly number[])[]): Promise<Float32Array> {
  const places = rows.flatMap((tokens, row) => tokens.map((_, place) => [row, place]));
  const indices = tf.tensor2d(places, [places.length, 2], "int32");
  const values = tf.tensor1d(rows.flat(), "int32");
  const output = (await model.executeAsync({ indices, values })) as Tensor;
  const data = (await output.data()) as Float32Array;
  tf.dispose([indices, values, output]);
  return data;
}
