import { basename } from "node:path";
import { type Command, Option } from "commander";
import { exportData } from "../kg/export/exportData.ts";
import { EXPORT_FORMATS, type ExportFormat, type ExportResult } from "../kg/export/types.ts";
import { withDatabase } from "./withDatabase.ts";

const HELP = `
Formats:
  layout  a folder of TSV tables; keeps everything, and the import reads it back (default)
  jsonl   one record per line; keeps everything
  nt nq ttl trig jsonld
          RDF: N-Triples, N-Quads, Turtle, TriG, JSON-LD; keeps everything but interactions (docs/interchange.md)
  prov    the log of changes as PROV-O, in Turtle

The export is of one revision, whatever is written meanwhile, and appears when it is whole.

Examples:
  whygraph export backup/
  whygraph export graph.ttl --format ttl
  whygraph export graph.jsonl --format jsonl --json`;

interface Options {
  readonly format?: ExportFormat;
  readonly json?: boolean;
}

/** Adds `export`: writes the graph to a folder or a file. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("export the graph and the interactions to a folder or a file")
    .argument("<path>", "folder (layout) or file to write")
    .addOption(
      new Option("--format <format>", "default: by the end of the name, or layout").choices([
        ...EXPORT_FORMATS,
      ]),
    )
    .option("--json", "print the result as JSON")
    .addHelpText("after", HELP)
    .action(runExport);
}

async function runExport(to: string, options: Options): Promise<void> {
  const format = options.format ?? findFormat(to);
  const shown = !options.json && process.stderr.isTTY;
  const result = await withDatabase((db) =>
    exportData(db, { format, to }, ({ what, bytes }) => {
      if (shown) process.stderr.write(`\r\x1b[Kwriting ${what}, ${(bytes / 1e6).toFixed(1)} MB`);
    }),
  );
  if (shown) process.stderr.write("\r\x1b[K");
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : summarise(result));
}

function findFormat(to: string): ExportFormat {
  return EXPORT_FORMATS.find((format) => basename(to).endsWith(`.${format}`)) ?? "layout";
}

function summarise({ to, format, written, revision, bytes, seconds }: ExportResult): string {
  const counts = Object.entries(written)
    .map(([what, count]) => `${count.toLocaleString("en-US")} ${what}`)
    .join(", ");
  const size = `${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`;
  return `exported ${counts} of revision ${revision} to ${to} (${format}, ${size})\n`;
}
