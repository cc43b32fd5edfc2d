import type { Database } from "../../src/kg/database.ts";
import { findPaths } from "../../src/kg/snapshot/findPaths.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import type { Graph } from "../../src/kg/types.ts";
import { fillGraph } from "./support/fillGraph.ts";
import type { BenchOptions } from "./support/options.ts";
import { percentile } from "./support/percentile.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const MAX_LENGTH = 3;
/**
 * Breadth first, each entity once per depth, and stopped by LIMIT at the first arrival. It gives the length only,
 * not the path: the least that Postgres can be asked for. Indexes triple_head and triple_tail.
 */
const RECURSIVE = `
  with recursive walk(at, depth) as (
    select $1::bigint, 0
    union
    select next.id, walk.depth + 1 from walk cross join lateral (
      select tail_id as id from triple where head_id = walk.at and rank <> 'DEPRECATED'
      union all
      select head_id from triple where tail_id = walk.at and rank <> 'DEPRECATED'
    ) next where walk.depth < ${MAX_LENGTH}
  ) select depth from walk where at = $2 limit 1`;

interface Times {
  readonly p50: number;
  readonly p99: number;
}
export interface PathsResult {
  readonly triples: number;
  readonly pairs: number;
  /** How many pairs are 1, 2, 3 steps apart, and how many further. */
  readonly lengths: Readonly<Record<string, number>>;
  readonly shortestMs: Times;
  readonly tenPathsMs: Times;
  readonly recursiveMs: Times;
  readonly ratio: Times;
  /** Pairs for which both found the same length; all of them, or the benchmark fails. */
  readonly agree: number;
}

/** Measures path search of up to 3 steps in the snapshot against a recursive query in Postgres, 1M triples. */
export async function run(options: BenchOptions): Promise<PathsResult> {
  const [triples, pairs] = options.smoke ? [20_000, 20] : [1_000_000, 200];
  const result = await withThrowawayDatabase(async (database) => {
    await fillGraph(database, triples);
    return compare(database, await loadSnapshot(database), pairs);
  });
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  if (result.agree !== result.pairs) {
    throw new Error(`${result.pairs - result.agree} of ${result.pairs} lengths differ; expected none to`);
  }
  return result;
}

async function compare(database: Database, graph: Graph, count: number): Promise<PathsResult> {
  const pairs = choosePairs(graph, count);
  const search = (first: number) =>
    pairs.map(([from, to]) => timed(() => findPaths(graph, from, to, { maxLength: MAX_LENGTH, first })));
  for (let warm = 0; warm < 3; warm++) search(10);
  const shortest = search(1);
  const ten = search(10);
  const recursive: { ms: number; length: number }[] = [];
  for (const [from, to] of [pairs[0], ...pairs]) {
    const start = performance.now();
    const rows = await database.query<{ depth: number }>(RECURSIVE, [graph.idOf(from), graph.idOf(to)]);
    recursive.push({ ms: performance.now() - start, length: rows[0]?.depth ?? 0 });
  }
  recursive.shift(); // the first one also plans and warms up
  const lengths = shortest.map(({ value }) => value[0]?.length ?? 0);
  const [shortestMs, tenPathsMs, recursiveMs] = [shortest, ten, recursive].map((runs) => summarize(runs));
  return {
    triples: graph.tripleCount,
    pairs: count,
    lengths: countBy(lengths),
    shortestMs,
    tenPathsMs,
    recursiveMs,
    ratio: { p50: recursiveMs.p50 / shortestMs.p50, p99: recursiveMs.p99 / shortestMs.p99 },
    agree: lengths.filter((length, i) => length === recursive[i].length).length,
  };
}

/** Half the pairs at random, half joined by a random walk of three steps; the same each time. */
function choosePairs(graph: Graph, count: number): [from: number, to: number][] {
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pairs: [number, number][] = [];
  while (pairs.length < count) {
    const from = random(graph.size);
    let to = random(graph.size);
    if (pairs.length % 2 === 0) {
      to = from;
      for (let step = 0; step < 3; step++) {
        const edges =
          step % 2 === 0 || graph.in(to).end === graph.in(to).start ? graph.out(to) : graph.in(to);
        to = edges.neighbour[edges.start + random(edges.end - edges.start)];
      }
    }
    if (from !== to) pairs.push([from, to]);
  }
  return pairs;
}

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now();
  const value = work();
  return { ms: performance.now() - start, value };
}

function summarize(runs: readonly { readonly ms: number }[]): Times {
  const times = runs.map(({ ms }) => ms);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function countBy(lengths: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const length of lengths) {
    const name = length === 0 ? `over ${MAX_LENGTH}` : String(length);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function print(result: PathsResult): void {
  const apart = Object.entries(result.lengths).map(([length, pairs]) => `${pairs} at ${length}`);
  console.log(
    `Paths of up to ${MAX_LENGTH} steps in ${result.triples} triples; ${result.pairs} pairs: ${apart.join(", ")}`,
  );
  const row = ({ p50, p99 }: Times) => ({
    "p50, ms": Number(p50.toPrecision(3)),
    "p99, ms": Number(p99.toPrecision(3)),
  });
  console.table({
    "snapshot, the shortest path": row(result.shortestMs),
    "snapshot, the 10 best paths": row(result.tenPathsMs),
    "Postgres, recursive CTE (length only)": row(result.recursiveMs),
  });
  const { p50, p99 } = result.ratio;
  console.log(`The shortest path is ${p50.toFixed(0)}× faster at p50, ${p99.toFixed(0)}× at p99.`);
}

await runAsScript(import.meta.url, run);
