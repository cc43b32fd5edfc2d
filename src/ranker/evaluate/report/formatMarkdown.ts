import { formatChosen, formatEstimate, formatLead, formatSeconds, listGroups } from "./formatCells.ts";
import type { Report } from "./Report.ts";

/** What a report file says beside the report itself. */
export interface Provenance {
  /** The command that prints it. */
  readonly command: string;
  /** Where it ran: processor, cores, version of Node. */
  readonly machine: string;
  /** File name of the figure that lies beside it; null for none. */
  readonly figure: string | null;
}

/** Formats a report as a Markdown file: command, figure, a table per group, leads, notes, settings. */
export function formatMarkdown(report: Report, { command, machine, figure }: Provenance): string {
  const { title, data, protocol, seeds, notes, omitted } = report;
  const blocks = [
    `# ${data}, protocol ${protocol}`,
    `\`${command}\``,
    `${title}. ${machine}. Written by the command; nothing here is typed by hand.`,
    ...(figure ? [`![${describeFigure(report)}](${figure})`] : []),
    ...listGroups(report).flatMap((group) => [
      ...(group === "" ? [] : [`## ${capitalise(group)}`]),
      formatTable(report, group),
    ]),
    ...(seeds > 1 ? [`± is the deviation over ${seeds} seeds.`] : []),
    ...formatLeads(report),
    ...(notes.length > 0 || omitted.length > 0 ? [formatNotes(report)] : []),
    ...formatSettings(report),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function formatTable({ columns, rows, seeds }: Report, group: string): string {
  const table = rows.filter((row) => row.group === group);
  const best = columns.map(({ metric }) =>
    Math.max(...table.map(({ metrics }) => metrics[metric]?.mean ?? Number.NEGATIVE_INFINITY)),
  );
  const lines = table.map((row) => {
    const values = columns.map(({ metric }, at) => {
      const text = formatEstimate(row.metrics[metric], seeds);
      return text !== "" && row.metrics[metric].mean === best[at] ? `**${text}**` : text;
    });
    return [row.model, ...values, ...formatSeconds(row)];
  });
  const head = ["model", ...columns.map(({ label }) => label), "train s", "ms/user"];
  return [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...lines]
    .map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`)
    .join("\n");
}

function formatLeads({ leads }: Report): string[] {
  if (leads.length === 0) return [];
  const lines = leads.map((lead) => {
    const verdict = lead.low > 0 ? "ahead" : lead.high < 0 ? "behind" : "level";
    return `- ${lead.group === "" ? "" : `${lead.group}, `}${formatLead(lead)}: ${verdict}`;
  });
  return ["Leads, 95% paired bootstrap over users (level: the interval holds 0):", lines.join("\n")];
}

function formatNotes({ notes, omitted }: Report): string {
  const left = omitted.map(({ model, reason }) => `${model} left out: ${reason}`);
  return [...notes, ...left].map((line) => `- ${line}`).join("\n");
}

function formatSettings({ rows }: Report): string[] {
  const chosen = rows
    .filter((row) => Object.keys(row.chosen).length > 0)
    .map((row) => `- ${row.model}${row.group === "" ? "" : `, ${row.group}`}: \`${formatChosen(row)}\``);
  return chosen.length === 0 ? [] : ["Chosen on validation (first seed):", [...new Set(chosen)].join("\n")];
}

function describeFigure({ figures, data }: Report): string {
  return `${figures.map(({ title }) => title).join("; ")} on ${data}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
