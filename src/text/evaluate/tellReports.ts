import type { AnswerReport } from "./judgeAnswers.ts";
import type { ExtractionReport } from "./judgeExtraction.ts";
import type { Half } from "./labelledSet.ts";

/** Writes precision, recall and F1 of each method as a table of Markdown. */
export function tellExtraction(half: Half | "all", { sentences, judgements }: ExtractionReport): string {
  const rows = judgements.map(
    ({ method, read, right, stated, precision, recall, f1 }) =>
      `| ${method} | ${read} | ${right} | ${stated} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} |`,
  );
  return [
    `Triples out of ${sentences} sentences (${half}):`,
    "",
    "| method | read | right | stated | precision | recall | F1 |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** Writes the accuracy of answers as a table of Markdown. */
export function tellAnswers(half: Half | "all", { counts }: AnswerReport): string {
  const rows = counts.map(
    ({ kind, questions, right, accuracy }) =>
      `| ${kind} | ${questions} | ${right} | ${accuracy.toFixed(3)} |`,
  );
  return [
    `Answers (${half}):`,
    "",
    "| questions | asked | right | accuracy |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** Writes what was not read as labelled, one sentence or question after another. */
export function tellMisses({ misses }: ExtractionReport | AnswerReport): string {
  return misses
    .map((miss) =>
      "text" in miss
        ? [
            miss.text,
            ...miss.wrong.map((triple) => `  wrong:  ${triple}`),
            ...miss.missed.map((triple) => `  missed: ${triple}`),
          ].join("\n")
        : `${miss.question}\n  expected: ${miss.expected.slice(0, 200)}\n  got:      ${miss.got.slice(0, 200)}`,
    )
    .join("\n");
}
