import { existsSync } from "node:fs";
import type { ChoiceBatch, PathBatch, PathParameters } from "../../../src/ranker/device/types.ts";
import { type BatchSize, drawBatch, drawParameters } from "../../ranker/device/batches.ts";
import { readRequests } from "./readRequests.ts";

/** Something to measure, with what it is in words. */
export interface DeviceCase {
  readonly name: "request" | "batch" | "epoch";
  readonly what: string;
  readonly batch: PathBatch | ChoiceBatch;
  readonly parameters: PathParameters;
  /** Steps of an epoch; 0 where nothing is learned. */
  readonly steps: number;
}

const REAL = "../shared/data/goodbooks"; // used where it is there
const DEMO = "demo/films";
const [USERS, ROWS] = [64, 200]; // of the batch
const LASTFM: BatchSize = { groups: 20, dim: 32, users: 64, rows: 32, paths: 16, entities: 3_846 };
const TINY: BatchSize = { ...LASTFM, rows: 5, paths: 6, users: 2, entities: 50 };

/** What one real request, a batch of them, and a training the size of Last.FM ask of a backend. */
export async function listCases(smoke: boolean): Promise<readonly DeviceCase[]> {
  const data = !smoke && existsSync(REAL) ? REAL : DEMO;
  const { one, many, collectMs } = await readRequests(data, { users: smoke ? 2 : USERS, rows: ROWS, smoke });
  const size = smoke ? TINY : LASTFM;
  const paths = ({ batch }: { readonly batch: PathBatch }) => batch.row.length.toLocaleString("en");
  return [
    {
      name: "request",
      what:
        `score and evidence of the ${one.batch.rows} candidates of a user of ${data.split("/").at(-1)}, ${paths(one)} paths ` +
        `with gates (finding the paths takes ${collectMs.toFixed(1)} ms on every backend and is not in the times)`,
      ...one,
      steps: 0,
    },
    {
      name: "batch",
      what: `the same for ${many.users} users with up to ${ROWS} candidates each, ${paths(many)} paths, in one call`,
      ...many,
      steps: 0,
    },
    {
      name: "epoch",
      what: "one epoch of training over Last.FM's 1,872 users: 1 choice among 32 items, up to 16 paths each, 64 users a step",
      ...{ batch: drawBatch(size), parameters: drawParameters(size) },
      steps: Math.ceil(1_872 / 64),
    },
  ];
}
