import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import type { Command } from "commander";
import { judgeExtraction } from "../text/evaluate/judgeExtraction.ts";
import { readSentences } from "../text/evaluate/labelledSet.ts";
import { tellExtraction, tellMisses } from "../text/evaluate/tellReports.ts";
import type { ExtractedEnd, Extraction } from "../text/types.ts";
import { openTextReader } from "./openTextReader.ts";
import { withDatabase } from "./withDatabase.ts";

const HELP = `
Reads a text (a file, or - for standard input) and prints the triples that it states, with the method that read each, how
sure it is, and the words it stands in; * marks what the graph has already. Nothing is written: the mutation
extractTriples makes proposals of them.

With --evaluate the file has the columns half (dev or test), text and triples, as
test/text/labelled/sentences.tsv; precision, recall and F1 per method are printed for each half.

Examples:
  whygraph extract review.txt
  echo "Alien was directed by Ridley Scott." | whygraph extract -
  whygraph extract --evaluate test/text/labelled/sentences.tsv --misses`;

interface Options {
  readonly evaluate?: boolean;
  readonly misses?: boolean;
  readonly json?: boolean;
}

/** Adds `extract`: triples out of a text. */
export function addExtractCommand(program: Command): void {
  program
    .command("extract <file>")
    .description("print the triples that a text states")
    .option("--evaluate", "the file is labelled: print how well it is read")
    .option("--misses", "with --evaluate: print each sentence of the dev half that was not read as labelled")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runExtract);
}

async function runExtract(file: string, options: Options): Promise<void> {
  const text = file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8");
  await withDatabase(async (db) => {
    const texts = await openTextReader(db);
    if (options.evaluate) return evaluate(text, texts.extract, options);
    const extractions = await texts.extract(text);
    console.log(options.json ? JSON.stringify({ extractions }) : extractions.map(tell).join("\n"));
  });
}

async function evaluate(
  file: string,
  extract: (text: string) => Promise<readonly Extraction[]>,
  { json, misses }: Options,
): Promise<void> {
  const sentences = readSentences(file);
  for (const half of ["dev", "test"] as const) {
    const of = sentences.filter((sentence) => sentence.half === half);
    const report = await judgeExtraction(of, extract);
    console.log(json ? JSON.stringify({ half, ...report, rules: undefined }) : tellExtraction(half, report));
    if (misses && !json && half === "dev") console.log(tellMisses(report));
  }
}

function tell({ head, relation, tail, method, confidence, span, known }: Extraction): string {
  const end = ({ key, type, name }: ExtractedEnd) => key ?? `new ${type} "${name}"`;
  return `${known ? "*" : " "} ${end(head)} ${relation} ${end(tail)}  [${method} ${confidence.toFixed(2)}]  ${JSON.stringify(span.quote)}`;
}
