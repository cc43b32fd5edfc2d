import { readFile } from "node:fs/promises";
import { Presets, SingleBar } from "cli-progress";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import { type JobRunner, type OnProgress, openJobs } from "../jobs/openJobs.ts";
import type { Database } from "../kg/database.ts";
import { findModel } from "../kg/models/findModels.ts";
import type { JSONObject, ModelRecord, TrainRequest } from "../kg/types.ts";
import { readCount } from "./readCount.ts";
import { serveModel } from "./serveModel.ts";
import { withDatabase } from "./withDatabase.ts";

const ACTOR = "command line";
const HELP = `
Learns the fusion weights from each user's newest interaction, counts the statistics, stores the model and makes
it the one that serves; running servers change over by themselves. Ctrl-C cancels it.

Examples:
  whygraph train
  whygraph train --seed 7 --json
  whygraph train --config settings.json --no-activate`;

interface Options {
  readonly seed: string;
  readonly config?: string;
  readonly activate: boolean;
  readonly json?: boolean;
}

/** Adds `train`: fit a model on what the database holds. */
export function addTrainCommand(program: Command): void {
  program
    .command("train")
    .description("fit the ranker on the graph and the interactions, and let it serve")
    .option("--seed <n>", "seed of the sampling", "1")
    .option("--config <file>", "JSON file of settings that are fixed; the others are searched over")
    .option("--no-activate", "only store the model; whygraph models activate lets it serve")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      const request: TrainRequest = {
        seed: readCount("--seed", options.seed),
        config: options.config === undefined ? {} : await readSettings(options.config),
        activate: options.activate,
      };
      const bar = makeBar(options.json === true);
      const model = await withDatabase((db) =>
        train(db, request, (fraction, what) => bar?.update(fraction, { what })),
      ).finally(() => bar?.stop());
      const state = options.activate ? "serves now" : "is stored";
      console.log(options.json ? JSON.stringify(model) : `model ${model.id} ${state}\n${describe(model)}`);
    });
}

async function train(db: Database, request: TrainRequest, onProgress: OnProgress): Promise<ModelRecord> {
  const jobs = await openJobs(db, (id, actor) => serveModel(db, { id }, actor));
  try {
    const { value, problems } = await jobs.trainNow(request, { actor: ACTOR });
    const [problem] = problems;
    if (problem) {
      throw new DomainError(
        problem.code === "TRAINING_RUNS" ? "CONFLICT" : "BAD_USER_INPUT",
        problem.message,
      );
    }
    return await follow(db, jobs, value!.id, onProgress);
  } finally {
    await jobs.close();
  }
}

async function follow(
  db: Database,
  jobs: JobRunner,
  id: string,
  onProgress: OnProgress,
): Promise<ModelRecord> {
  const cancel = () => void jobs.cancel(id);
  process.once("SIGINT", cancel);
  try {
    const job = await jobs.waitFor(id, onProgress);
    const model = job.modelId === null ? null : await findModel(db, job.modelId);
    if (job.status === "DONE" && model) return model;
    throw new DomainError(
      "UNAVAILABLE",
      `job ${id} is ${job.status}: ${job.error ?? "it was ended by hand"}`,
    );
  } finally {
    process.off("SIGINT", cancel);
  }
}

async function readSettings(path: string): Promise<JSONObject> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `--config is "${path}", expected a JSON file: ${(error as Error).message}`,
    );
  }
}

function makeBar(json: boolean): SingleBar | null {
  if (json || !process.stderr.isTTY) return null;
  const bar = new SingleBar({ format: "  fitting {bar} {percentage}% {what}" }, Presets.shades_classic);
  bar.start(1, 0, { what: "reading" });
  return bar;
}

function describe({ config, metrics }: ModelRecord): string {
  return [...Object.entries(config), ...Object.entries(metrics)]
    .map(
      ([name, value]) => `  ${name.padEnd(20)} ${typeof value === "object" ? JSON.stringify(value) : value}`,
    )
    .join("\n");
}
