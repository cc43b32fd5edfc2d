import type { Evaluation, EvaluationRow } from "../../ranker/evaluate/evaluate.ts";

const COLUMNS: readonly string[] = ["recall@10", "ndcg@10", "mrr@10", "hit@10", "recall@20", "ndcg@20"];

/** Prints an evaluation as text: a row per model, then the lead of whygraph over the best baseline. */
export function printTable(evaluation: Evaluation): string {
  const { data, protocol, history, users, skippedUsers, seeds, rows, leads, omitted } = evaluation;
  const skipped = skippedUsers > 0 ? `, ${skippedUsers} skipped with fewer than 3 interactions` : "";
  const lines = [
    `${data}, protocol ${protocol}, history ${history}: ${users} users measured${skipped}; ` +
      `± is the deviation over ${seeds} seed${seeds === 1 ? "" : "s"}`,
    "",
    ...alignColumns([
      ["model", ...COLUMNS, "train s", "ms/user", "chosen on validation"],
      ...rows.map((row) => printRow(row, seeds)),
    ]),
  ];
  if (leads.length > 0)
    lines.push("", "whygraph against the best baseline, 95% paired bootstrap over users:");
  for (const { metric, over, difference, low, high } of leads) {
    lines.push(`  ${metric}: ${sign(difference)} over ${over} [${sign(low)}, ${sign(high)}]`);
  }
  for (const { model, reason } of omitted) lines.push(`${model} left out: ${reason}`);
  return `${lines.join("\n")}\n`;
}

function printRow({ model, metrics, seconds, chosen }: EvaluationRow, seeds: number): string[] {
  const values = COLUMNS.map((name) => {
    const { mean, sd } = metrics[name];
    return seeds > 1 ? `${mean.toFixed(4)} ± ${sd.toFixed(4)}` : mean.toFixed(4);
  });
  const settings = Object.entries(chosen).map(([name, value]) => `${name}=${printValue(value)}`);
  return [
    model,
    ...values,
    seconds.train.toFixed(1),
    (1000 * seconds.perUser).toFixed(2),
    settings.join(" "),
  ];
}

function printValue(value: number | string): string {
  return typeof value === "number" ? `${Number(value.toPrecision(3))}` : value;
}

function sign(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

/** Pads cells to the width of their column: words to the left, numbers to the right. */
function alignColumns(table: readonly (readonly string[])[]): string[] {
  const last = table[0].length - 1;
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]) : column === last ? cell : cell.padStart(widths[column]),
      )
      .join("  ")
      .trimEnd(),
  );
}
