import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import { judgeAnswers } from "../text/evaluate/judgeAnswers.ts";
import { readQuestions } from "../text/evaluate/labelledSet.ts";
import { tellAnswers, tellMisses } from "../text/evaluate/tellReports.ts";
import type { QuestionResult } from "../text/types.ts";
import { openTextReader } from "./openTextReader.ts";
import { withDatabase } from "./withDatabase.ts";

const ALL = 1_000_000;
const HELP = `
Answers a question of one or two hops over the graph and says how it took it. With --evaluate the argument is a file
with the columns half (dev or test), question and answers, as test/text/labelled/questions.tsv; the accuracy on each
half is printed.

Examples:
  whygraph answer "Which films did the director of Alien make?"
  whygraph answer --evaluate test/text/labelled/questions.tsv --misses`;

interface Options {
  readonly evaluate?: boolean;
  readonly misses?: boolean;
  readonly json?: boolean;
}

/** Adds `answer`: a question in words. */
export function addAnswerCommand(program: Command): void {
  program
    .command("answer <question>")
    .description("answer a question over the graph")
    .option("--evaluate", "the argument is a file of labelled questions: print how many are answered rightly")
    .option("--misses", "with --evaluate: print each question of the dev half that was not")
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runAnswer);
}

async function runAnswer(question: string, options: Options): Promise<void> {
  await withDatabase(async (db) => {
    const texts = await openTextReader(db);
    if (options.evaluate) return evaluate(await readFile(question, "utf8"), texts, options);
    const result = await texts.answer(question, ALL);
    if (options.json) console.log(JSON.stringify(result));
    else console.log(tell(result));
    if (result.interpretation === null) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `${describeFailure(result)}; expected a question of one or two hops`,
      );
    }
  });
}

async function evaluate(
  file: string,
  { answer }: Context["texts"],
  { json, misses }: Options,
): Promise<void> {
  const questions = readQuestions(file);
  for (const half of ["dev", "test"] as const) {
    const of = questions.filter((one) => one.half === half);
    const report = await judgeAnswers(of, (question) => answer(question, ALL));
    console.log(json ? JSON.stringify({ half, ...report }) : tellAnswers(half, report));
    if (misses && !json && half === "dev") console.log(tellMisses(report));
  }
}

function tell({ interpretation, understood, isCount, totalCount, answers }: QuestionResult): string {
  if (interpretation === null) return understood.map((part) => `  ${part}`).join("\n");
  if (isCount) return `${interpretation}: ${totalCount}`;
  return [
    `${interpretation}: ${totalCount}`,
    ...answers.map(({ entity }) => `  ${entity.name} (${entity.key})`),
  ].join("\n");
}

function describeFailure({ unknownWords }: QuestionResult): string {
  if (unknownWords.length === 0)
    return "the words that were understood make no question that the graph can answer";
  return `not understood: ${unknownWords.join(", ")}`;
}
