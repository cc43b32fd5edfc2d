import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import type { HistoryMode } from "../ranker/evaluate/evaluate.ts";
import type { Protocol } from "../ranker/evaluate/splitDataset.ts";
import type { RankedModel } from "../ranker/evaluate/types.ts";

const HELP = `
Protocols:
  full  the train, valid and test of the split column; every item competes, those of train and valid are masked
  time  per user, the newest interaction is the test and the one before it validation

Every model chooses its hyper-parameters by fitting on train and measuring nDCG@10 on valid. --history says
what the final fit and the user's history hold: "train" (default of full, as in published tables) or
"train+valid" (default of time).

Examples:
  whygraph evaluate --data data/films --protocol time
  whygraph evaluate --data data/music --protocol full --models popularity,ease,whygraph --seeds 3 --json`;

interface Options {
  readonly data: string;
  readonly protocol: string;
  readonly history?: string;
  readonly models?: string;
  readonly seeds: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** Adds `evaluate`: the ranker and its baselines on a data folder, without a database. */
export function addEvaluateCommand(program: Command): void {
  program
    .command("evaluate")
    .description(
      "measure the ranker beside popularity, ItemKNN, RP3β and EASE on a data folder; needs no database",
    )
    .requiredOption(
      "--data <folder>",
      "folder with items, interactions and, where there are, entities and triples",
    )
    .requiredOption("--protocol <name>", "full or time")
    .option("--history <rows>", "train or train+valid")
    .option("--models <names>", "only these, separated by commas")
    .option("--seeds <n>", "how many seeds a seeded model is fitted with", "1")
    .option("--json", "print the result as JSON")
    .option("--out <file>", "also write the result as JSON to a file")
    .addHelpText("after", HELP)
    .action(runEvaluate);
}

async function runEvaluate(options: Options): Promise<void> {
  // Loaded here, so that the other commands start without it.
  const { evaluate, HISTORY_MODES } = await import("../ranker/evaluate/evaluate.ts");
  const { PROTOCOLS } = await import("../ranker/evaluate/splitDataset.ts");
  const { MODELS, findDefaultModels } = await import("../ranker/evaluate/models.ts");
  const { readDataset } = await import("./evaluate/readDataset.ts");
  const { printTable } = await import("./evaluate/printTable.ts");
  const protocol = assertOneOf<Protocol>("--protocol", options.protocol, PROTOCOLS);
  const history = options.history && assertOneOf<HistoryMode>("--history", options.history, HISTORY_MODES);
  const models = options.models ? chooseModels(options.models, MODELS) : findDefaultModels(protocol);
  const seeds = assertSeeds(options.seeds);
  const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);
  onProgress(`reading ${options.data}`);
  const dataset = await readDataset(options.data);
  const result = await evaluate(dataset, {
    protocol,
    history: history || undefined,
    models,
    seeds,
    onProgress,
  });
  const json = `${JSON.stringify(result, null, 2)}\n`;
  if (options.out) await writeFile(options.out, json);
  process.stdout.write(options.json ? json : printTable(result));
}

function assertOneOf<T extends string>(option: string, value: string, expected: readonly T[]): T {
  const found = expected.find((entry) => entry === value);
  if (found !== undefined) return found;
  throw new DomainError("BAD_USER_INPUT", `${option} is "${value}"; expected ${expected.join(" or ")}`);
}

function chooseModels(text: string, known: readonly RankedModel[]): RankedModel[] {
  const names = known.map(({ name }) => name);
  return [...new Set(text.split(",").map((name) => name.trim()))].map((name) => {
    const model = known.find((entry) => entry.name === name);
    if (model) return model;
    throw new DomainError("BAD_USER_INPUT", `--models has "${name}"; expected some of ${names.join(", ")}`);
  });
}

function assertSeeds(text: string): number {
  const seeds = Number(text);
  if (Number.isInteger(seeds) && seeds >= 1 && seeds <= 100) return seeds;
  throw new DomainError("BAD_USER_INPUT", `--seeds is "${text}"; expected a whole number from 1 to 100`);
}
