import type { BatchSize } from "../../ranker/device/batches.ts";

/** Something to measure, with what it is in words. */
export interface DeviceCase {
  readonly name: "request" | "batch" | "epoch";
  readonly what: string;
  readonly size: BatchSize;
  /** Steps of an epoch; 0 where nothing is learned. */
  readonly steps: number;
}

const MODEL = { groups: 20, dim: 32 };

/** What one request, a batch of them, and a training the size of Last.FM ask of a backend. */
export function listCases(smoke: boolean): readonly DeviceCase[] {
  const small = (size: BatchSize): BatchSize =>
    smoke ? { ...size, rows: 5, paths: 6, users: 2, entities: 50 } : size;
  return [
    {
      name: "request",
      what: "score and evidence of 1,000 candidates with up to 64 paths each",
      size: small({ ...MODEL, users: 1, rows: 1_000, paths: 64, entities: 10_000 }),
      steps: 0,
    },
    {
      name: "batch",
      what: "the same for 64 users with 200 candidates each, in one call",
      size: small({ ...MODEL, users: 64, rows: 200, paths: 64, entities: 10_000 }),
      steps: 0,
    },
    {
      name: "epoch",
      what: "one epoch of training over Last.FM's 1,872 users: 1 choice among 32 items, up to 16 paths each, 64 users a step",
      size: small({ ...MODEL, users: 64, rows: 32, paths: 16, entities: 3_846 }),
      steps: Math.ceil(1_872 / 64),
    },
  ];
}
