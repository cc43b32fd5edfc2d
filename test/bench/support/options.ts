import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Prints one JSON object instead of tables. */
  readonly json: boolean;
  /** A small run of a few seconds that shows the benchmark works; its numbers mean nothing. */
  readonly smoke: boolean;
}

/** Reads `--json` and `--smoke`. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
    },
  });
  return values;
}
