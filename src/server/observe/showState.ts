import { Counter, Gauge, type Registry } from "prom-client";

/** How often what was asked for was kept, and how often it was not. */
export interface Tally {
  readonly hits: number;
  readonly misses: number;
}

/** The parts of the gateway whose state is shown. */
export interface StateSources {
  snapshot(): {
    readonly revision: string;
    /** The newest revision that Postgres has told of. */
    readonly known: string;
    readonly stalenessMs: number;
    /** Since Postgres last told its revision. */
    readonly unheardMs: number;
    readonly bytes: number;
    readonly reloads: number;
    readonly connected: boolean;
  };
  /** The connections to Postgres. */
  pool(): { readonly size: number; readonly idle: number; readonly waiting: number };
  statements(): number;
  /** By name. */
  readonly caches: { readonly [cache: string]: () => Tally };
  /** Why requests are not answered now; null where they are. */
  problem(): string | null;
}

/** Shows the state of the gateway's parts, read when somebody looks. */
export function showState(registry: Registry, sources: StateSources): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      ...{ name: `whygraph_${name}`, help, registers },
      collect() {
        this.set(read());
      },
    });
  };
  const { snapshot, pool } = sources;
  gauge("ready", "1 where requests are answered.", () => Number(sources.problem() === null));
  gauge("snapshot_revision", "Revision of the graph in memory.", () => Number(snapshot().revision));
  gauge("snapshot_lag_revisions", "Revisions that Postgres is ahead of the graph in memory.", () =>
    Math.max(0, Number(BigInt(snapshot().known) - BigInt(snapshot().revision))),
  );
  gauge(
    "snapshot_age_seconds",
    "Since Postgres last said which revision it has.",
    () => snapshot().unheardMs / 1000,
  );
  gauge(
    "snapshot_staleness_seconds",
    "From the newest change to its being seen.",
    () => snapshot().stalenessMs / 1000,
  );
  gauge("snapshot_bytes", "Bytes of the graph in memory.", () => snapshot().bytes);
  gauge("snapshot_reloads", "Full loads of the graph after the first.", () => snapshot().reloads);
  gauge("snapshot_connected", "1 where the notices of Postgres arrive.", () => Number(snapshot().connected));
  gauge("pool_connections", "Connections to Postgres in the pool.", () => pool().size);
  gauge("pool_idle_connections", "Those of them that nobody uses.", () => pool().idle);
  gauge("pool_waiting", "Statements and transactions that wait for a connection.", () => pool().waiting);
  new Counter({
    ...{ name: "whygraph_statements_total", help: "SQL statements sent.", registers },
    collect() {
      this.reset();
      this.inc(sources.statements());
    },
  });
  showCaches(registry, sources.caches);
}

function showCaches(registry: Registry, caches: StateSources["caches"]): void {
  new Counter({
    name: "whygraph_cache_requests_total",
    help: "What was asked of the caches: lists of recommendations, histories of users, compiled documents, whole answers.",
    labelNames: ["cache", "result"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [cache, read] of Object.entries(caches)) {
        const { hits, misses } = read();
        this.inc({ cache, result: "hit" }, hits);
        this.inc({ cache, result: "miss" }, misses);
      }
    },
  });
}
