import { createInterface } from "node:readline";
import { to as copyTo } from "pg-copy-streams";
import type { Database } from "../database.ts";
import type { Graph } from "../types.ts";

/** What users did, in entity indices of a graph: CSR over users, oldest first, each item once per user. */
export interface HistoryRows {
  readonly userKeys: number;
  /** [U + 1] */
  readonly offsets: Int32Array;
  readonly item: Int32Array;
  /** Seconds since 1970, parallel to `item`; NaN where none is known. */
  readonly time: Float64Array;
  /** False where no interaction has a time. */
  readonly ordered: boolean;
  /** Rows in the table. */
  readonly interactions: number;
  /** What was visible when they were read, as Postgres prints a snapshot; see `findSeen`. */
  readonly seen: string;
}

// One sort of the table; a merged item counts as its survivor.
const HISTORIES = `copy (
  select dense_rank() over (order by i.user_key) - 1,
         case when e.merged_into is null then e.id else survivor_of(e.id) end, extract(epoch from i.at)
    from interaction i join entity e on e.id = i.item_id
   order by i.user_key, i.at nulls first, i.id) to stdout`;

/** Reads every user's interactions as a stream; where a user did an item twice, the later time counts. */
export async function readHistories(db: Database, graph: Graph): Promise<HistoryRows> {
  return db.withClient(async (client) => {
    await client.query("begin isolation level repeatable read read only");
    try {
      const [{ seen }] = (await client.query("select pg_current_snapshot()::text as seen")).rows;
      const rows = new RowCollector(graph);
      for await (const line of createInterface({ input: client.query(copyTo(HISTORIES)) })) rows.add(line);
      return { ...rows.finish(), seen };
    } finally {
      await client.query("commit");
    }
  });
}

class RowCollector {
  private readonly offsets = [0];
  private readonly items: number[] = [];
  private readonly times: number[] = [];
  private current = new Map<number, number>(); // item → time, the newest last
  private user = -1;
  private ordered = false;
  private interactions = 0;

  constructor(private readonly graph: Graph) {}

  add(line: string): void {
    const [user, item, at] = line.split("\t");
    this.interactions++;
    if (Number(user) !== this.user) {
      this.closeUser();
      this.user = Number(user);
    }
    const time = at === "\\N" ? Number.NaN : Number(at);
    if (!Number.isNaN(time)) this.ordered = true;
    const index = this.graph.indexOf(item);
    if (index < 0) return; // written after the snapshot was taken
    this.current.delete(index); // re-inserted at the end: the newest time counts
    this.current.set(index, time);
  }

  finish(): Omit<HistoryRows, "seen"> {
    this.closeUser();
    return {
      userKeys: this.offsets.length - 1,
      offsets: Int32Array.from(this.offsets),
      item: Int32Array.from(this.items),
      time: Float64Array.from(this.times),
      ordered: this.ordered,
      interactions: this.interactions,
    };
  }

  private closeUser(): void {
    if (this.user < 0) return;
    for (const [item, time] of this.current) {
      this.items.push(item);
      this.times.push(time);
    }
    this.offsets.push(this.items.length);
    this.current = new Map();
  }
}
