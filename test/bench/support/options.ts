import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Prints one JSON object instead of tables. */
  readonly json: boolean;
  /** A small run of a few seconds that shows the benchmark works; its numbers mean nothing. */
  readonly smoke: boolean;
  /** Folder of a dataset to measure instead of the usual ones, where a benchmark takes one. */
  readonly data?: string;
}

/** Reads `--json`, `--smoke` and `--data DIR`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      data: { type: "string" },
    },
  });
  return values;
}
