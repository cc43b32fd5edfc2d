import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import type { Report } from "../ranker/evaluate/report/Report.ts";
import { readCount } from "./readCount.ts";

const HELP = `
Protocols:
  full   the train, valid and test of the split column; every item competes, those of train and valid are masked
  time   per user, the newest interaction is the test and the one before it validation
  path   per-user 60/20/20 in time, of the split column; both histories, nDCG over returned hits beside the usual one
  cold   a tenth of the items loses its interactions and is asked for, among cold items and among all
  ctr    five random 60/20/20 splits of labelled rows; AUC and F1 of the test rows
  links  a tenth of the triples is held out and their ends are ranked among all entities

Every model chooses its hyper-parameters on validation alone. --history says what the final fit and the user's
history hold: "train" (default of full, as in published tables), "train+valid" (default of time); path shows both.

Examples:
  whygraph evaluate --data data/films --protocol time --ablations --jobs 2
  whygraph evaluate --data data/music --protocol full --models popularity,ease,whygraph --seeds 3 --json
  whygraph evaluate --data data/films --protocol cold --vectors data/films.f32 --out docs/results`;

interface Options {
  readonly data: string;
  readonly protocol: string;
  readonly history?: string;
  readonly models?: string;
  readonly ablations?: boolean;
  readonly seeds?: string;
  readonly jobs: string;
  readonly vectors?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** Adds `evaluate`: the ranker and its baselines on a data folder, without a database. */
export function addEvaluateCommand(program: Command): void {
  program
    .command("evaluate")
    .description("measure the ranker beside strong baselines on a data folder; needs no database")
    .requiredOption(
      "--data <folder>",
      "folder with items, interactions and, where there are, entities and triples",
    )
    .requiredOption("--protocol <name>", "how the data is cut and judged, see below")
    .option("--history <rows>", "train or train+valid")
    .option(
      "--models <names>",
      "only these, separated by commas; a name that ends in .json is an experiment's file",
    )
    .option("--ablations", "also the ranker without a graph, with a shuffled one, without behaviour, …")
    .option("--seeds <n>", "how many seeds a seeded model is fitted with (1), or splits for ctr (5)")
    .option("--jobs <n>", "processes that fit at the same time", "1")
    .option("--vectors <file.f32>", "vectors of the items' texts, their keys in <file>.keys.txt")
    .option("--json", "print the result as JSON")
    .option(
      "--out <folder>",
      "write <data>-<protocol>.md and .svg there; a name with .json: the result as JSON",
    )
    .addHelpText("after", HELP)
    .action(runEvaluate);
}

async function runEvaluate(options: Options): Promise<void> {
  // Loaded here, so that the other commands start without it.
  const { PROTOCOLS } = await import("./evaluate/protocols.ts");
  const { printReport } = await import("../ranker/evaluate/report/printReport.ts");
  const protocol = PROTOCOLS[options.protocol];
  if (!protocol || !Object.hasOwn(PROTOCOLS, options.protocol)) {
    const names = Object.keys(PROTOCOLS);
    throw new DomainError(
      "BAD_USER_INPUT",
      `--protocol is "${options.protocol}"; expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
    );
  }
  const { data, history, vectors } = options;
  const report = await protocol.run(data, {
    ...{ history, vectors, ablations: options.ablations ?? false },
    models: options.models?.split(",").map((name) => name.trim()),
    seeds: options.seeds === undefined ? (protocol.seeds ?? 1) : readFew("--seeds", options.seeds, 100),
    jobs: readFew("--jobs", options.jobs, 64),
    onProgress: (text) => void process.stderr.write(`${text}\n`),
  });
  if (options.out) await writeReport(options.out, report);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
}

async function writeReport(out: string, report: Report): Promise<void> {
  if (out.endsWith(".json")) return writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
  const { drawReport } = await import("../ranker/evaluate/report/drawReport.ts");
  const { formatMarkdown } = await import("../ranker/evaluate/report/formatMarkdown.ts");
  const { describeCommand, describeMachine, writeResult } = await import("./writeResult.ts");
  const name = `${report.data}-${report.protocol}`;
  const figure = drawReport(report);
  const command = describeCommand();
  const machine = describeMachine();
  const markdown = formatMarkdown(report, { command, machine, figure: figure && `${name}.svg` });
  const files = await writeResult(out, { name, markdown, figure });
  process.stderr.write(`wrote ${files.join(" and ")}\n`);
}

/** Reads a whole number from 1 to `most`. */
function readFew(option: string, text: string, most: number): number {
  const count = /^\d+$/.test(text) ? readCount(option, text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new DomainError(
    "BAD_USER_INPUT",
    `${option} is "${text}"; expected a whole number from 1 to ${most}`,
  );
}
