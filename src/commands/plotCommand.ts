import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { DomainError } from "../errors.ts";
import { drawLines, type Line } from "../ranker/evaluate/report/drawLines.ts";

const HELP = `
A training writes its metrics where WHYGRAPH_TRAINING_LOG names a folder.

Examples:
  WHYGRAPH_TRAINING_LOG=logs whygraph train --config experiments/dynamic.json
  whygraph plot logs/gates/metrics.jsonl --metrics loss,valid --out training.svg`;

/** Adds `plot`: the metrics of a training as a figure. */
export function addPlotCommand(program: Command): void {
  program
    .command("plot")
    .description("draw the metrics of a training as an SVG image")
    .argument("<metrics.jsonl>", "one record per epoch")
    .requiredOption("--metrics <names>", "what to draw, separated by commas, each in a panel of its own")
    .requiredOption("--out <file.svg>", "the image")
    .addHelpText("after", HELP)
    .action(async (file: string, { metrics, out }: { metrics: string; out: string }) => {
      const records = await readRecords(file);
      const lines = metrics.split(",").map((name) => readLine(records, name.trim(), file));
      await writeFile(out, drawLines(lines, "epoch"));
      console.log(
        `wrote ${out}: ${lines.map(({ label, points }) => `${label} (${points.length})`).join(", ")}`,
      );
    });
}

type MetricRecord = { readonly [name: string]: number };

async function readRecords(file: string): Promise<MetricRecord[]> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new DomainError(
      "BAD_USER_INPUT",
      `"${file}" cannot be read, expected lines of JSON: ${error.message}`,
    );
  });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    try {
      return JSON.parse(line) as MetricRecord;
    } catch {
      throw new DomainError(
        "BAD_USER_INPUT",
        `line ${at + 1} of "${file}" is "${line.slice(0, 60)}", expected JSON`,
      );
    }
  });
}

function readLine(records: readonly MetricRecord[], name: string, file: string): Line {
  const points = records
    .filter((record) => typeof record[name] === "number" && typeof record.epoch === "number")
    .map((record) => ({ x: record.epoch, y: record[name] }));
  if (points.length > 0) return { label: name, points };
  const known = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
    (key) => key !== "epoch",
  );
  throw new DomainError(
    "BAD_USER_INPUT",
    `--metrics has "${name}", expected some of ${known.join(", ") || `what ${file} has`}`,
  );
}
