import { formatChosen, formatEstimate, formatLead, formatSeconds, listGroups } from "./formatCells.ts";
import type { Report } from "./Report.ts";

/** Prints a report as text: a table per group, the leads, then what there is to say. */
export function printReport(report: Report): string {
  const { title, seeds, columns, rows, leads, notes, omitted } = report;
  const lines = [seeds > 1 ? `${title}; ± is the deviation over them` : title];
  for (const group of listGroups(report)) {
    const table = rows.filter((row) => row.group === group);
    lines.push(
      "",
      ...(group === "" ? [] : [group]),
      ...alignColumns([
        ["model", ...columns.map(({ label }) => label), "train s", "ms/user", "chosen on validation"],
        ...table.map((row) => [
          row.model,
          ...columns.map(({ metric }) => formatEstimate(row.metrics[metric], seeds)),
          ...formatSeconds(row),
          formatChosen(row),
        ]),
      ]),
    );
  }
  if (leads.length > 0) lines.push("", "leads, 95% paired bootstrap over users:");
  for (const lead of leads) lines.push(`  ${lead.group === "" ? "" : `${lead.group}, `}${formatLead(lead)}`);
  if (notes.length > 0) lines.push("", ...notes);
  for (const { model, reason } of omitted) lines.push(`${model} left out: ${reason}`);
  return `${lines.join("\n")}\n`;
}

/** Pads cells to the width of their column: the first and the last to the left, numbers to the right. */
export function alignColumns(table: readonly (readonly string[])[]): string[] {
  const last = table[0].length - 1;
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const pad = (cell: string, column: number): string => {
    if (column === 0) return cell.padEnd(widths[column]);
    return column === last ? cell : cell.padStart(widths[column]);
  };
  return table.map((row) => row.map(pad).join("  ").trimEnd());
}
