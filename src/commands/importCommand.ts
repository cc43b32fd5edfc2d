import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { type Command, Option } from "commander";
import { readConfig } from "../config.ts";
import { importData } from "../kg/import/importData.ts";
import {
  IMPORT_FORMATS,
  type ImportFormat,
  type ImportProgress,
  type ImportResult,
} from "../kg/import/types.ts";
import { withDatabase } from "./withDatabase.ts";

const EXIT_WITH_REJECTS = 3;
const HELP = `
Formats (found from the names of the files):
  layout     a folder of items, entities, relations, triples, interactions, texts (.tsv or .tsv.gz)
  recbole    atomic files: .inter .item .kg .link
  movielens  movies.csv, ratings.csv, links.csv, tags.csv
  rdf        N-Triples (.nt), N-Quads (.nq), Turtle (.ttl), TriG (.trig), JSON-LD (.jsonld, at most 64 MiB; no context
             is fetched); blank nodes are named by their file
  table      .csv, .tsv or .jsonl with a --mapping; .jsonl of the export without one

A mapping says how the rows of a table become records; {name} stands for a column:
  {"tables": [{"file": "films.csv", "split": {"genres": "|"},
    "entities": [{"key": "film:{id}", "type": "film", "name": "{title}", "isItem": true, "attributes": {"year": "{year}"}}],
    "triples": [{"head": "film:{id}", "relation": "has_genre", "tail": "genre:{genres}"}],
    "interactions": [{"user": "{by}", "item": "film:{id}", "weight": "{stars}", "at": "{when}"}]}]}

Importing twice is importing once. A bad row goes to the rejects file, with its line and the reason; the rest
goes on. Stopped at any moment, the import leaves nothing behind. Nothing is deleted.

Exit codes: 0 imported, 1 failed, 2 called wrongly, 3 imported, with rejected rows.

Examples:
  whygraph import data/films
  whygraph import data/books --user-prefix gb:
  whygraph import ml-latest-small --type movie --kind rating
  whygraph import films.csv --mapping films.mapping.json --json`;

interface Options {
  readonly format?: ImportFormat;
  readonly kind?: string;
  readonly userPrefix?: string;
  readonly type?: string;
  readonly mapping?: string;
  readonly base?: string;
  readonly rejects?: string;
  readonly json?: boolean;
}

/** Adds `import`: brings a folder or a file into the graph. */
export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description("import entities, triples and interactions from a folder or a file")
    .argument("<path>", "folder or file")
    .addOption(
      new Option("--format <format>", "what it is, where the names do not tell").choices([...IMPORT_FORMATS]),
    )
    .option("--kind <kind>", 'kind of the interactions whose source names none (default "rating")')
    .option("--user-prefix <prefix>", "goes before every user key: keeps two sources' users apart")
    .option("--type <type>", "type of the items, and prefix of their keys where they are bare numbers")
    .option("--mapping <file>", "JSON file that says what the columns of a table mean")
    .option(
      "--base <iri>",
      "what relative IRIs of RDF are relative to (default: file:/// and the file's name)",
    )
    .option("--rejects <file>", "where bad rows go (default: rejects-<time>.tsv in the data folder)")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runImport);
}

async function runImport(path: string, options: Options): Promise<void> {
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const rejects = options.rejects ?? join(readConfig().dataFolder, `rejects-${time}.tsv`);
  const bar = options.json || !process.stderr.isTTY ? null : makeBar();
  try {
    const result = await withDatabase((db) => importData(db, { ...options, path, rejects }, bar?.show));
    bar?.stop();
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : summarise(result));
    if (result.rejected > 0) process.exitCode = EXIT_WITH_REJECTS;
  } finally {
    bar?.stop();
  }
}

interface Bar {
  show(progress: ImportProgress): void;
  stop(): void;
}

/** Reading takes most of the bar, the merge the rest: how long it lasts is not known before. */
function makeBar(): Bar {
  const bar = new SingleBar({
    format: "{bar} {percentage}% {what}",
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(100, 0, { what: "" });
  return {
    show({ phase, what, bytes, totalBytes }) {
      const share =
        phase === "done" ? 100 : phase === "merging" ? 60 : (60 * bytes) / Math.max(totalBytes, 1);
      bar.update(Math.floor(share), { what: phase === "merging" ? `merging ${what}` : what });
    },
    stop: () => bar.stop(),
  };
}

function summarise(result: ImportResult): string {
  const lines = (["entities", "relations", "triples", "interactions"] as const)
    .filter((what) => result.inserted[what] + result.updated[what] + result.unchanged[what] > 0)
    .map((what) => {
      const { inserted, updated, unchanged } = result;
      return `  ${what.padEnd(13)}${count(inserted[what])} new, ${count(updated[what])} updated, ${count(unchanged[what])} unchanged`;
    });
  const notes = [
    ...(result.made > 0 ? [`  ${count(result.made)} of the new entities are only named, not described`] : []),
    ...result.skipped.map(({ file, reason }) => `  ${file}: not read, ${reason}`),
    ...(result.rejectsFile
      ? [
          `  ${count(result.rejected)} ${result.rejected === 1 ? "row" : "rows"} rejected, see ${result.rejectsFile}`,
        ]
      : []),
  ];
  const seconds = result.seconds.toFixed(1);
  const speed = result.read.triples > 0 ? `, ${count(result.triplesPerSecond)} triples/s` : "";
  const head = `imported ${result.files.join(", ")} (${result.format}) in ${seconds} s${speed}; revision ${result.revision}`;
  return `${[head, ...lines, ...notes, "next: whygraph train"].join("\n")}\n`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
