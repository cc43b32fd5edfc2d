import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importData } from "../../src/kg/import/importData.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import { openGazetteer } from "../../src/reader/openGazetteer.ts";
import { judgeAnswers } from "../../src/text/evaluate/judgeAnswers.ts";
import { judgeExtraction } from "../../src/text/evaluate/judgeExtraction.ts";
import { readQuestions, readSentences } from "../../src/text/evaluate/labelledSet.ts";
import { tellAnswers, tellExtraction, tellMisses } from "../../src/text/evaluate/tellReports.ts";
import { extractTriples } from "../../src/text/extract/extractTriples.ts";
import { answerQuestion } from "../../src/text/question/answerQuestion.ts";
import { withThrowawayDatabase } from "../bench/support/throwawayDatabase.ts";

const LABELLED = fileURLToPath(new URL("./labelled/", import.meta.url));
const DEMO = fileURLToPath(new URL("../../demo/films", import.meta.url));

/**
 * Prints how well texts are read and questions answered on the labelled sets over the demo graph, each half by
 * itself. `--misses` prints what went wrong on the dev half; `--calibrate` the counts for calibration.ts.
 */
await withThrowawayDatabase(async (db) => {
  for (const path of [DEMO, join(LABELLED, "graph")]) {
    await importData(db, { path, rejects: join(tmpdir(), `whygraph-text-rejects-${process.pid}.tsv`) });
  }
  const graph = await loadSnapshot(db);
  const reader = { graph, gazetteer: await openGazetteer(db, { graph })() };
  const sentences = readSentences(await readFile(join(LABELLED, "sentences.tsv"), "utf8"));
  const questions = readQuestions(await readFile(join(LABELLED, "questions.tsv"), "utf8"));
  for (const half of ["dev", "test"] as const) {
    const inHalf = (one: { readonly half: string }) => one.half === half;
    const read = await judgeExtraction(sentences.filter(inHalf), async (text) =>
      extractTriples(text, reader),
    );
    const answered = await judgeAnswers(questions.filter(inHalf), async (question) =>
      answerQuestion(question, Number.POSITIVE_INFINITY, reader),
    );
    console.log(`${tellExtraction(half, read)}\n\n${tellAnswers(half, answered)}\n`);
    if (half === "test") continue;
    if (process.argv.includes("--misses")) console.log(`${tellMisses(read)}\n${tellMisses(answered)}\n`);
    if (process.argv.includes("--calibrate")) console.log(read.rules);
  }
});
