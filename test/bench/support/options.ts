import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Prints one JSON object instead of tables. */
  readonly json: boolean;
  /** A small run of a few seconds that shows the benchmark works; its numbers mean nothing. */
  readonly smoke: boolean;
  /** Folder of a dataset to measure instead of the usual ones, where a benchmark takes one. */
  readonly data?: string;
  /** The only compute backend to measure, where a benchmark measures several. */
  readonly backend?: string;
}

/** Reads `--json`, `--smoke`, `--data DIR` and `--backend NAME`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      data: { type: "string" },
      backend: { type: "string" },
    },
  });
  return values;
}
