import type { Decile } from "../../ranker/evaluate/faithfulness/meanByDecile.ts";
import { type BarChart, drawBars } from "../../ranker/evaluate/report/drawBars.ts";
import { listFindings } from "./listFindings.ts";
import type { AuditReport } from "./types.ts";

const NAME_WIDTH = 58;

/** Prints an audit as text. */
export function printAudit(report: AuditReport): string {
  return listFindings(report)
    .map(({ title, lines }) =>
      [title, ...lines.map(([name, value]) => `  ${name.padEnd(NAME_WIDTH)}${value}`)].join("\n"),
    )
    .join("\n\n");
}

/** Formats an audit as a Markdown file; `figure` is the name of the image beside it. */
export function formatAudit(
  report: AuditReport,
  { name, command, machine, figure }: { name: string; command: string; machine: string; figure: string },
): string {
  const sections = listFindings(report).map(({ title, lines }) => {
    const rows = lines.map(([what, value]) => `| ${what} | ${value} |`);
    return [`## ${title}`, ["| | |", "| --- | --: |", ...rows].join("\n")].join("\n\n");
  });
  const head = [
    `# Faithfulness of the explanations, ${name}`,
    `\`${command}\``,
    `${machine}. Written by the command; nothing here is typed by hand. Metrics of the last table: Balloccu et al.\n` +
      "2022 and [hopwise](https://github.com/tail-unica/hopwise); comprehensiveness and sufficiency: DeYoung et al. 2020.",
    `![Explained fraction by decile; share of the score that goes with the strongest paths](${figure})`,
  ];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

/** Draws the deciles of the explained fraction and what erasing paths does. */
export function drawAudit(report: AuditReport): string {
  const format = (share: number) => `${(100 * share).toFixed(1)}%`;
  const deciles = (title: string, parts: readonly Decile[]): BarChart => ({
    title,
    format,
    bars: parts.map(({ from, to, mean }) => ({
      label: from === to ? `${from}` : `${from}–${to}`,
      value: mean,
    })),
  });
  const erased: BarChart = {
    title: "share of the score lost without the strongest paths, and without random ones",
    format,
    bars: Object.entries(report.comprehensiveness).flatMap(([count, { strongest, random }]) => [
      { label: `${count} strongest`, value: strongest, subject: true },
      { label: `${count} random`, value: random },
    ]),
  };
  return drawBars([
    deciles("explained fraction by the user's interactions", report.explainedByHistory),
    deciles("explained fraction by the item's interactions", report.explainedByPopularity),
    erased,
  ]);
}
