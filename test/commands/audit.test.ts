import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { formatAudit, printAudit } from "../../src/commands/audit/formatAudit.ts";
import { runAudit } from "../../src/commands/audit/runAudit.ts";
import type { Audited, AuditReport } from "../../src/commands/audit/types.ts";
import type { Database } from "../../src/kg/database.ts";
import { importData } from "../../src/kg/import/importData.ts";
import { activateModel } from "../../src/kg/models/activateModel.ts";
import { loadModel } from "../../src/kg/models/loadModel.ts";
import { type HistoryRows, readHistories } from "../../src/kg/models/readHistories.ts";
import { storeModel } from "../../src/kg/models/storeModel.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import type { Graph } from "../../src/kg/types.ts";
import { FLAT, scaleShape } from "../../src/ranker/shape.ts";
import { digestOf, packModel, unpackModel } from "../../src/ranker/weights.ts";
import { modelOf } from "../ranker/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { FILMS } from "../support/demoFilms.ts";
import { runWhygraph } from "../support/server.ts";

let db: Database;
let audited: Audited;
let report: AuditReport;
let otherId: string;

async function load(id: string) {
  const { record, artifact } = (await loadModel(db, id))!;
  return { info: record, model: unpackModel(artifact) };
}

/** Bent shapes: there a path's share of the score and what goes with it are two numbers. */
const BENT = { ...FLAT, linear: 0.2, saturating: 0.5, logarithmic: 0.3, tau: 0.2, kappa: 0.1 };

/** Counts a model on the films and stores it; nothing is learned, so it takes no time. */
async function store(graph: Graph, histories: HistoryRows, halfLife: number): Promise<string> {
  const shapes = { "behaviour:co-interaction": scaleShape(BENT, 0.2), direct: BENT };
  const model = modelOf(graph, histories, { config: { halfLife }, weights: { shapes, otherRelation: BENT } });
  const artifact = packModel(model);
  const { id } = await storeModel(db, {
    ...{ artifact, digest: digestOf(artifact), config: { halfLife }, configDigest: `${halfLife}` },
    ...{ dataRevision: graph.revision, interactions: histories.interactions, metrics: {} },
    data: { users: 1, items: 1, entities: 1, triples: 1, split: "", seconds: 0, fusion: {}, sample: {} },
  });
  return id;
}

/** Live triples as one number, to see that an audit leaves them as they were. */
async function digestTriples(): Promise<string> {
  const [{ digest }] = await db.query<{ digest: string }>(
    "select md5(string_agg(t::text, ',' order by id)) as digest from triple t",
  );
  return digest;
}

beforeAll(async () => {
  db = await createTestDatabase();
  await importData(db, { path: FILMS, rejects: join(tmpdir(), `whygraph-audit-rejects-${process.pid}.tsv`) });
  const graph = await loadSnapshot(db);
  const histories = await readHistories(db, graph);
  const id = await store(graph, histories, 3);
  otherId = await store(graph, histories, 10);
  await db.transaction((tx) => activateModel(tx, id, { actor: "test" }));
  audited = { db, graph, histories, ...(await load(id)), other: await load(otherId) };
  report = await runAudit(audited, { pairs: 60, deletions: 12, seed: 1 });
}, 120_000);

it("finds that scores are the sum of their evidence and triples take along what was said", () => {
  expect(report).toMatchObject({ pairs: 60, deletions: 12, liveSteps: 1, signViolations: 0 });
  expect(report.paths).toBeGreaterThan(500);
  expect(report.completenessError).toBeLessThan(1e-9);
  expect(report.deletionErrorFrozen).toBeLessThan(1e-9);
  expect(report.deletionErrorPath).toBeLessThan(1e-9);
  expect(report.spearmanContribution).toBeGreaterThan(0.9);
});

it("finds that the strongest paths carry more than others, and more of them more", () => {
  const { comprehensiveness, sufficiency } = report;
  for (const shares of [comprehensiveness, sufficiency]) {
    for (const count of [1, 3, 5]) expect(shares[count].strongest).toBeGreaterThan(shares[count].random);
    expect(shares[5].strongest).toBeGreaterThan(shares[1].strongest);
    expect(shares[5].strongest).toBeLessThanOrEqual(1 + 1e-9);
  }
});

it("accounts for every recommended item and every pair of a decile", () => {
  const { counterfactual, explainedByHistory, explainedByPopularity, pathQuality } = report;
  expect(counterfactual.pairs).toBe(30);
  expect(Object.values(counterfactual.sizes).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  for (const deciles of [explainedByHistory, explainedByPopularity]) {
    expect(deciles.map(({ count }) => count)).toEqual(Array(10).fill(6));
    expect(deciles.reduce((sum, { mean }) => sum + mean, 0) / 10).toBeCloseTo(report.explainedFraction, 12);
  }
  for (const value of Object.values(pathQuality)) expect(value).toBeGreaterThan(0);
});

it("compares the strongest paths with those of another model", () => {
  expect(report.overlap?.model).toBe(otherId);
  expect(report.overlap?.top3).toBeGreaterThan(0.5);
  expect(report.overlap?.top3).toBeLessThanOrEqual(1);
});

it("leaves the graph as it was, in Postgres and in memory", async () => {
  const before = await digestTriples();
  const again = await runAudit(audited, { pairs: 60, deletions: 12, seed: 1 });
  expect(again).toEqual(report);
  expect(await digestTriples()).toBe(before);
});

it("prints every section, and writes the same as Markdown with a figure", async () => {
  const text = printAudit(report);
  for (const name of ["completeness error", "sign violations", "LIR", "median size", "share kept"]) {
    expect(text).toContain(name);
  }
  const markdown = formatAudit(report, { name: "films", command: "audit", machine: "here", figure: "a.svg" });
  expect(markdown).toContain("| triples deleted | 12 |");
  expect(markdown).toContain("](a.svg)");
});

it("is run by the command, which writes what it prints", async () => {
  const folder = await mkdtemp(join(tmpdir(), "whygraph-audit-"));
  const out = join(folder, "audit-films.md");
  const env = { DATABASE_URL: db.url };
  const args = ["audit", "--pairs", "20", "--deletions", "3", "--against", otherId, "--json", "--out", out];
  const { code, stdout, stderr } = await runWhygraph(args, env);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pairs: 20, deletions: 3, overlap: { model: otherId } });
  expect(await readFile(out, "utf8")).toContain("# Faithfulness of the explanations, films");
  expect(await readFile(join(folder, "audit-films.svg"), "utf8")).toMatch(/^<svg /);
  await rm(folder, { recursive: true });
  const missing = await runWhygraph(["audit", "--against", "999"], env);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('--against is "999"; expected the id of a stored model');
}, 60_000);
