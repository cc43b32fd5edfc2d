import { Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** What a scrape finds of the gateway's parts. */
export interface MetricSources {
  readonly backend: { readonly name: string; readonly version: string; readonly device: string };
  snapshot(): {
    readonly revision: string;
    readonly stalenessMs: number;
    readonly bytes: number;
    readonly reloads: number;
    readonly connected: boolean;
  };
}

export interface Metrics {
  readonly contentType: string;
  /** Counts an answer of /graphql, in the histogram of how long they take. */
  observe(status: number, seconds: number): void;
  /** The numbers of now in Prometheus's text format. */
  read(): Promise<string>;
}

/** Makes what `GET /metrics` shows: the backend, the snapshot, and the answers of /graphql by status and time. */
export function createMetrics({ backend, snapshot }: MetricSources): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  const requests = new Histogram({
    name: "whygraph_graphql_seconds",
    help: "Time from a request of /graphql to its whole answer, by HTTP status.",
    labelNames: ["status"],
    buckets: SECONDS,
    registers,
  });
  const info = new Gauge({
    name: "whygraph_backend_info",
    help: "What tensors are computed with; always 1.",
    labelNames: ["name", "version", "device"],
    registers,
  });
  info.set({ name: backend.name, version: backend.version, device: backend.device }, 1);
  const show = (name: string, help: string, read: () => number): void => {
    const options = { name: `whygraph_snapshot_${name}`, help, registers };
    new Gauge({
      ...options,
      collect() {
        this.set(read());
      },
    });
  };
  show("revision", "Revision of the graph in memory.", () => Number(snapshot().revision));
  show("staleness_seconds", "From the newest change to its being seen.", () => snapshot().stalenessMs / 1000);
  show("bytes", "Bytes of the graph in memory.", () => snapshot().bytes);
  show("reloads", "Full loads of the graph after the first.", () => snapshot().reloads);
  show("connected", "1 where the notices of Postgres arrive.", () => Number(snapshot().connected));
  return {
    contentType: registry.contentType,
    observe: (status, seconds) => requests.observe({ status: String(status) }, seconds),
    read: () => registry.metrics(),
  };
}
