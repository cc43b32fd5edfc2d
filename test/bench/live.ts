import { LiveCounts, type LiveHistory } from "../../src/ranker/behaviour/LiveCounts.ts";
import { makeRandom } from "../../src/ranker/random.ts";
import { collectGarbage } from "./support/collectGarbage.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";

const ITEMS = 10_000;
const LENGTHS = [10, 50, 200, 1_000]; // items that users had met before

/** What one more interaction of users with histories of one length costs. */
export interface LiveRow {
  readonly history: number;
  readonly interactions: number;
  readonly nsPerInteraction: number;
  readonly nsPerCell: number;
}

export interface LiveResult {
  readonly rows: readonly LiveRow[];
  /** At the bound of entries, as it is by default. */
  readonly full: { readonly entries: number; readonly megabytes: number; readonly bytesPerEntry: number };
}

/** Measures what it costs to count an interaction as it comes, and what memory the counts take at their bound. */
export async function run(options: BenchOptions): Promise<LiveResult> {
  const users = options.smoke ? 20 : 1_000;
  const rows = LENGTHS.map((length) => measureLength(length, users));
  const result = { rows, full: await measureMemory(options.smoke ? 5_000 : 1_000_000) };
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  return result;
}

function measureLength(length: number, users: number): LiveRow {
  const random = makeRandom(length);
  const counts = new LiveCounts({ mostEntries: Number.POSITIVE_INFINITY });
  const more = 5; // interactions that follow one another
  const histories = Array.from({ length: users }, (_, user) => drawUser(`u${user}`, length + more, random));
  let nanoseconds = 0;
  for (let turn = 1; turn <= more; turn++) {
    const known = histories.map((history) => cut(history, length, length + turn));
    const started = performance.now();
    for (const history of known) counts.record(history);
    nanoseconds += (performance.now() - started) * 1e6;
  }
  const interactions = users * more;
  const cells = 2 * Math.min(length, 200);
  return {
    history: length,
    interactions,
    nsPerInteraction: nanoseconds / interactions,
    nsPerCell: nanoseconds / interactions / cells,
  };
}

async function measureMemory(mostEntries: number): Promise<LiveResult["full"]> {
  const random = makeRandom(7);
  await collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const counts = new LiveCounts({ mostEntries });
  for (let user = 0; counts.floor === 0; user++) {
    const history = drawUser(`u${user}`, 51, random);
    counts.record({ ...cut(history, 50, 51), ids: history.ids.map((id) => id + user * 100) });
  }
  await collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  const { entries } = counts;
  return { entries, megabytes: bytes / 1e6, bytesPerEntry: bytes / entries };
}

/** A user whose items are drawn with the skew of real ones: half of them from a tenth of the catalogue. */
function drawUser(user: string, length: number, random: () => number): LiveHistory {
  const items = new Set<number>();
  while (items.size < length) items.add(Math.floor(ITEMS * random() ** 3.3));
  const ids = Array.from({ length }, (_, at) => at + 1);
  return { user, ids, items: [...items], fresh: ids.map(() => false) };
}

/** The first `end` interactions, of which those from `fresh` on are new to the model. */
function cut({ user, ids, items }: LiveHistory, fresh: number, end: number): LiveHistory {
  return {
    user,
    ids: ids.slice(0, end),
    items: items.slice(0, end),
    fresh: Array.from({ length: end }, (_, at) => at >= fresh),
  };
}

function print({ rows, full }: LiveResult): void {
  console.log(describeMachine());
  const table = rows.map(({ history, interactions, nsPerInteraction, nsPerCell }) =>
    [history, interactions, nsPerInteraction, nsPerCell].map(printNumber),
  );
  console.log(printTable(["items before", "interactions", "ns / interaction", "ns / cell"], table));
  console.log(
    `\nAt its bound it holds ${printNumber(full.entries)} entries in ${printNumber(full.megabytes)} MB, ` +
      `${printNumber(full.bytesPerEntry)} bytes each.`,
  );
}

await runAsScript(import.meta.url, run);
