import { Presets, SingleBar } from "cli-progress";
import { type Command, Option } from "commander";
import { readConfig } from "../config.ts";
import { type EncodeResult, encodeEntities } from "../encodeEntities.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { ENCODERS, type EncoderName, openEncoder } from "./openEncoder.ts";
import { withDatabase } from "./withDatabase.ts";

const HELP = `
Makes a vector of each entity's words (name, triples, description), items first, and stores it. Only entities whose
words have changed are encoded again. Ctrl-C stops it; what is done stays.

Encoders:
  use-lite      English, 512 numbers, 128 tokens; comes with whygraph
  transformers  an ONNX model in WHYGRAPH_MODEL_FOLDER
  openai        an endpoint that speaks OpenAI's embeddings, at WHYGRAPH_EMBEDDINGS_URL

Examples:
  whygraph encode
  whygraph encode --items-only --json
  whygraph encode --encoder openai --set text-large`;

interface Options {
  readonly encoder: EncoderName;
  readonly set: string;
  readonly itemsOnly?: boolean;
  readonly json?: boolean;
}

/** Adds `encode`: make vectors of the entities' words. */
export function addEncodeCommand(program: Command): void {
  program
    .command("encode")
    .description("make vectors of what is known of the entities, for recommendations by text")
    .addOption(
      new Option("--encoder <name>", "what makes the vectors").choices([...ENCODERS]).default("use-lite"),
    )
    .option("--set <name>", "the vector set that they go to", "text")
    .option("--items-only", "only what may be recommended")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runEncode);
}

async function runEncode(options: Options): Promise<void> {
  const bar = options.json || !process.stderr.isTTY ? null : makeBar();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once("SIGINT", onSignal);
  try {
    const encoder = await openEncoder(options.encoder, readConfig());
    const result = await withDatabase(async (db) =>
      encodeEntities(db, await loadSnapshot(db), {
        ...{ encoder, set: options.set, itemsOnly: options.itemsOnly, signal: stop.signal },
        onProgress: (done, total) => (done === 0 ? bar?.start(total, 0) : bar?.update(done)),
      }),
    );
    bar?.stop();
    console.log(options.json ? JSON.stringify(result) : describe(result));
  } finally {
    bar?.stop();
    process.off("SIGINT", onSignal);
  }
}

function makeBar(): SingleBar {
  const format = "  encoding {bar} {value}/{total} entities, {eta_formatted} to go";
  return new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
}

function describe({ set, encoder, dim, seconds, ...counts }: EncodeResult): string {
  const perSecond = counts.encoded > 0 ? ` (${(counts.encoded / seconds).toFixed(0)} per second)` : "";
  return [
    `vector set "${set}": ${encoder}, ${dim} numbers each; ${seconds.toFixed(1)} s${counts.finished ? "" : ", stopped early"}`,
    `  ${counts.encoded} encoded${perSecond}, ${counts.unchanged} unchanged, ${counts.removed} removed`,
    ...Object.entries(counts.refused).map(([reason, count]) => `  ${count} without a vector: ${reason}`),
    counts.finished ? "next: whygraph train" : "next: whygraph encode, which goes on from here",
  ].join("\n");
}
