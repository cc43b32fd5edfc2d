import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { BaselinesResult } from "./baselines.ts";
import type { CostResult } from "./cost.ts";
import type { CurationResult } from "./curation.ts";
import type { GatewayResult } from "./gateway.ts";
import type { ImportBenchResult } from "./import.ts";
import type { LiveResult } from "./live.ts";
import type { PathsResult } from "./paths.ts";
import type { RecommendResult } from "./recommend/measureDataset.ts";
import type { SnapshotResult } from "./snapshot.ts";
import type { TrainingResult } from "./training.ts";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function bench(...args: readonly string[]): Promise<Ended> {
  const command = ["--import", "tsx", "test/bench/run.ts", ...args];
  const { PATH = "", HOME = "" } = process.env;
  try {
    const run = promisify(execFile)(process.execPath, command, {
      env: { PATH, HOME },
      maxBuffer: 2 ** 24,
      timeout: LIMIT_MS - 10_000,
    });
    return { code: 0, ...(await run) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const LIMIT_MS = 180_000; // each starts processes of its own, which a busy machine may keep waiting

describe("npm run bench", { timeout: LIMIT_MS }, () => {
  it("runs the graph's benchmarks", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "snapshot", "paths", "import");
    expect(code, stderr).toBe(0);
    const results: { snapshot: SnapshotResult; paths: PathsResult; import: ImportBenchResult } =
      JSON.parse(stdout);
    expect(results.snapshot.triples).toBeGreaterThan(19_000);
    expect(results.snapshot.dictionary.heapMB).toBeGreaterThan(50); // a key, a name and a row each
    expect(results.paths.agree).toBe(20);
    expect(results.import).toMatchObject({ entities: 500, triples: 5_000 });
    expect(results.import.first.triplesPerSecond).toBeGreaterThan(0);
  });

  it("measures the gateway's three reads over HTTP, with one row per server that is installed", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "gateway");
    expect(code, stderr).toBe(0);
    const { gateway }: { gateway: GatewayResult } = JSON.parse(stdout);
    expect(gateway).toMatchObject({ entities: 400, triples: 4_000 });
    expect(gateway.reads.map(({ read }) => read.split(":")[0])).toEqual([
      ...["nested read", "entity page", "name search"],
    ]);
    for (const [i, { ours, theirs, compared }] of gateway.reads.entries()) {
      expect(ours.map(({ name }) => name)).toEqual([
        ...["like for like", "coalesced", "fresh dictionary and adjacency", "the same, answers kept"],
      ]);
      for (const { perSecond, p50, p99, ratio } of ours) {
        expect(perSecond).toBeGreaterThan(0);
        expect(p99).toBeGreaterThanOrEqual(p50);
        expect(ratio).toEqual(theirs ? expect.any(Number) : null);
      }
      const [plain, , memory] = ours.map(({ statements }) => statements);
      expect(plain).toBeGreaterThan(0.9);
      if (i < 2) expect(memory).toBeLessThan(plain / 2); // at hand, save for what the feeds poll
      expect(compared).toBe(theirs ? 4 * 5 : 0);
    }
    expect(gateway.staleness.edits).toBe(5);
    expect(gateway.profiles.map(({ shares }) => shares.length > 0)).toEqual([true]);
  });

  it("measures recommendations with their evidence on the demo graph and a few of its users", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "recommend");
    expect(code, stderr).toBe(0);
    const [result]: RecommendResult[] = JSON.parse(stdout).recommend;
    expect(result).toMatchObject({
      data: "films",
      counts: { users: 12 },
      answer: { items: 10, paths: 30 },
    });
    expect(result.stages.recommend.p50).toBeGreaterThan(result.stages.recommend.sql);
    expect(result.stages.graphql.p50).toBeGreaterThan(result.stages.graphql.sql);
    expect(result.loaded.map(({ perSecond }) => perSecond > 0)).toEqual(Array(2).fill(true));
    const shares = result.profile.reduce((sum, { share }) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 6);
  });

  it("measures the way of models to their accuracy, and what a live interaction costs", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "baselines", "live");
    expect(code, stderr).toBe(0);
    const { baselines, live }: { baselines: BaselinesResult; live: LiveResult } = JSON.parse(stdout);
    expect(baselines.data).toBe("films");
    for (const { curve } of baselines.models) {
      expect(curve.length).toBeGreaterThan(0);
      for (const { seconds, value } of curve) {
        expect(seconds).toBeGreaterThan(0);
        expect(value).toBeGreaterThan(0);
      }
    }
    expect(live.rows.map(({ history }) => history)).toEqual([10, 50, 200, 1_000]);
    for (const { nsPerInteraction } of live.rows) expect(nsPerInteraction).toBeGreaterThan(0);
    expect(live.full.entries).toBeLessThanOrEqual(5_000);
    expect(live.full.entries).toBeGreaterThan(4_000);
  });

  it("measures what is served while a training runs", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "training");
    expect(code, stderr).toBe(0);
    const { training }: { training: TrainingResult } = JSON.parse(stdout);
    expect(training).toMatchObject({ data: "films", connections: 2 });
    expect(training.jobs).toBeGreaterThan(0);
    for (const { perSecond, p50, p99, healthP99 } of [training.without, training.beside]) {
      expect(perSecond).toBeGreaterThan(0);
      expect(p99).toBeGreaterThanOrEqual(p50);
      expect(healthP99).toBeGreaterThan(0);
    }
  });

  it("measures what curators get done", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "curation");
    expect(code, stderr).toBe(0);
    const { curation }: { curation: CurationResult } = JSON.parse(stdout);
    expect(curation.curators.map(({ count, keyed }) => [count, keyed])).toEqual([
      [1, false],
      [16, false],
      [16, true],
    ]);
    for (const { changesPerSecond, statements } of curation.curators) {
      expect(changesPerSecond).toBeGreaterThan(0);
      expect(statements.create).toBeGreaterThanOrEqual(2);
    }
    expect(curation.beside.perSecond).toBeGreaterThan(0);
  });

  it("compares what queries cost with the time that they take", async () => {
    const { code, stdout, stderr } = await bench("--smoke", "--json", "cost");
    expect(code, stderr).toBe(0);
    const { cost }: { cost: CostResult } = JSON.parse(stdout);
    expect(cost).toMatchObject({ data: "films", queries: 30 });
    expect(cost.kinds.length).toBeGreaterThan(10);
    for (const { milliseconds, requested } of cost.kinds) {
      expect(milliseconds).toBeGreaterThan(0);
      expect(requested).toBeGreaterThan(0);
    }
    expect(cost.spearman.requested).toBeGreaterThan(0);
    expect(cost.fitted.every(({ fitted }) => fitted >= 0)).toBe(true);
  });

  it("refuses an unknown name", async () => {
    const { code, stderr } = await bench("gatway");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      "unknown benchmark gatway; expected gateway, recommend, training, curation, device, baselines, live, snapshot, paths, import, cost",
    );
  });

  it("refuses to keep the numbers of a smoke run", async () => {
    const { code, stderr } = await bench("--smoke", "--write");
    expect(code).toBe(2);
    expect(stderr).toMatch("--write keeps the tables of a real run; leave out --json and --smoke");
  });
});
