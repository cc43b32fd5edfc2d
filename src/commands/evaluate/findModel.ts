import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DomainError } from "../../errors.ts";
import { checkConfig } from "../../jobs/checkConfig.ts";
import { MODELS } from "../../ranker/evaluate/models.ts";
import type { RankedModel } from "../../ranker/evaluate/types.ts";
import { whygraphModel } from "../../ranker/evaluate/whygraphModel.ts";

/**
 * Finds a model by its name, or makes one of an experiment: a JSON file of settings that are fixed, the others being searched
 * over.
 * @throws {DomainError} BAD_USER_INPUT for an unknown name, and for a file that is no settings
 */
export function findModel(name: string): RankedModel {
  if (name.endsWith(".json")) return readExperiment(name);
  const model = MODELS.find((entry) => entry.name === name);
  if (model) return model;
  const known = MODELS.map((entry) => entry.name).join(", ");
  throw new DomainError(
    "BAD_USER_INPUT",
    `--models has "${name}"; expected an experiment's .json file, or some of ${known}`,
  );
}

function readExperiment(path: string): RankedModel {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `--models has "${path}"; expected a JSON file: ${(error as Error).message}`,
    );
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `the experiment "${path}" is no object; expected settings such as {"fusion": "dynamic"}`,
    );
  }
  const [problem] = checkConfig(settings as Parameters<typeof checkConfig>[0]);
  if (problem) throw new DomainError("BAD_USER_INPUT", `the experiment "${path}": ${problem.message}`);
  return { ...whygraphModel(`whygraph-${basename(path, ".json")}`, settings), name: path };
}
