import { Presets, SingleBar } from "cli-progress";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import type { EmbeddingRecord } from "../kg/types.ts";
import { fitLinks } from "../links/fitLinks.ts";
import { defaultConfig } from "../ranker/embed/defaultConfig.ts";
import { EMBEDDING_MODELS, type EmbedConfig } from "../ranker/embed/types.ts";
import { type MetricLog, openMetricLog } from "../ranker/optimise/openMetricLog.ts";
import { readCount } from "./readCount.ts";
import { withDatabase } from "./withDatabase.ts";

const HELP = `
Learns a vector for each entity and relation from the triples and stores them; the query likelyTriples then
predicts with the newest ones. A twentieth of the triples is held out to stop and calibrate by, another to measure on.

Examples:
  whygraph embed
  whygraph embed --model rotate --dimension 128 --checkpoint rotate.ckpt --log runs/rotate
  tensorboard --logdir runs`;

interface Options {
  readonly model: string;
  readonly dimension?: string;
  readonly epochs?: string;
  readonly seed: string;
  readonly checkpoint?: string;
  readonly log?: string;
  readonly json?: boolean;
}

/** Adds `embed`: train vectors of the graph that predict missing triples. */
export function addEmbedCommand(program: Command): void {
  program
    .command("embed")
    .description("train vectors of entities and relations, which predict missing triples")
    .option("--model <name>", EMBEDDING_MODELS.join(", "), "complex")
    .option("--dimension <n>", "numbers per entity")
    .option("--epochs <n>", "passes over the triples, at most")
    .option("--seed <n>", "seed of the training", "1")
    .option("--checkpoint <file>", "written after each epoch, and gone on from where it is there")
    .option("--log <folder>", "metrics of each epoch: metrics.jsonl and TensorBoard events")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      const config = readSettings(options);
      const record = await embed(config, options);
      console.log(options.json ? JSON.stringify(record) : describe(record));
    });
}

async function embed(config: EmbedConfig, { checkpoint, log, json }: Options): Promise<EmbeddingRecord> {
  const bar = json || !process.stderr.isTTY ? null : makeBar(config.epochs);
  let metrics: MetricLog | null = null;
  return withDatabase(async (db) =>
    fitLinks(db, await loadSnapshot(db), {
      ...{ config, checkpoint },
      async onStart(epoch) {
        if (log) metrics = await openMetricLog(log, epoch);
      },
      async onEpoch(numbers) {
        bar?.update(numbers.epoch + 1, { loss: numbers.loss.toFixed(4) });
        await metrics?.append({ ...numbers });
      },
    }),
  ).finally(() => bar?.stop());
}

function readSettings({ model, dimension, epochs, seed }: Options): EmbedConfig {
  const found = EMBEDDING_MODELS.find((name) => name === model);
  if (!found) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `--model is "${model}"; expected one of ${EMBEDDING_MODELS.join(", ")}`,
    );
  }
  const config = defaultConfig(found);
  return {
    ...config,
    dimension: dimension === undefined ? config.dimension : readSize("--dimension", dimension),
    epochs: epochs === undefined ? config.epochs : readSize("--epochs", epochs),
    seed: readCount("--seed", seed),
  };
}

/** Even, because two of the models need it and no other is the worse for it. */
function readSize(option: string, text: string): number {
  const size = readCount(option, text);
  const isFit = size > 0 && (option !== "--dimension" || size % 2 === 0);
  if (isFit) return size;
  const expected = option === "--dimension" ? "an even number above 0" : "a number above 0";
  throw new DomainError("BAD_USER_INPUT", `${option} is "${text}"; expected ${expected}`);
}

function makeBar(epochs: number): SingleBar {
  const format = "  training {bar} epoch {value} of {total}, loss {loss}";
  const bar = new SingleBar({ format }, Presets.shades_classic);
  bar.start(epochs, 0, { loss: "…" });
  return bar;
}

function describe({ id, model, metrics }: EmbeddingRecord): string {
  const lines = Object.entries(metrics).map(([name, value]) => `  ${name.padEnd(20)} ${value}`);
  return [`embedding ${id} (${model}) predicts now`, ...lines].join("\n");
}
