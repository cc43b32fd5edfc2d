import { Presets, SingleBar } from "cli-progress";
import type { Command } from "commander";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { trainModel } from "../trainModel.ts";
import { readCount } from "./readCount.ts";
import { withDatabase } from "./withDatabase.ts";

const HELP = `
Learns the fusion weights from each user's newest interaction, counts the statistics, stores the model and makes
it the one that serves; running servers change over by themselves.

Examples:
  whygraph train
  whygraph train --seed 7 --json`;

/** Adds `train`: fit a model on what the database holds. */
export function addTrainCommand(program: Command): void {
  program
    .command("train")
    .description("fit the ranker on the graph and the interactions, and let it serve")
    .option("--seed <n>", "seed of the sampling", "1")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(async (options: { seed: string; json?: boolean }) => {
      const seed = readCount("--seed", options.seed);
      const bar = makeBar(options.json === true);
      const model = await withDatabase(async (db) => {
        const graph = await loadSnapshot(db);
        return trainModel(db, graph, {
          seed,
          onProgress: (fraction, what) => bar?.update(fraction, { what }),
        });
      });
      bar?.update(1, { what: "done" });
      bar?.stop();
      console.log(options.json ? JSON.stringify(model) : `model ${model.id} serves now\n${describe(model)}`);
    });
}

function makeBar(json: boolean): SingleBar | null {
  if (json || !process.stderr.isTTY) return null;
  const bar = new SingleBar({ format: "  fitting {bar} {percentage}% {what}" }, Presets.shades_classic);
  bar.start(1, 0, { what: "reading" });
  return bar;
}

function describe({
  config,
  metrics,
}: {
  config: object;
  metrics: { readonly [name: string]: number };
}): string {
  return [...Object.entries(config), ...Object.entries(metrics)]
    .map(([name, value]) => `  ${name.padEnd(20)} ${value}`)
    .join("\n");
}
