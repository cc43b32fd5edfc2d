import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry as Registries,
  type Registry,
} from "prom-client";
import type { EndedRequest } from "./observe/logRequest.ts";
import { type OperationChoice, OperationNames } from "./observe/OperationNames.ts";
import { type StateSources, showState } from "./observe/showState.ts";

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** What a scrape finds of the gateway's parts. */
export interface MetricSources extends StateSources {
  readonly backend: { readonly name: string; readonly version: string; readonly device: string };
  /** Operations that have numbers of their own. */
  readonly operations?: OperationChoice;
}

export interface Metrics {
  readonly contentType: string;
  /** Counts an answer of /graphql: how long it took in all, and in each stage. */
  observe(
    ended: Pick<EndedRequest, "record" | "milliseconds"> & {
      readonly response: { readonly statusCode: number };
    },
  ): void;
  /** The numbers of now in Prometheus's text format. */
  read(): Promise<string>;
}

/**
 * Makes what `GET /metrics` shows: the answers of /graphql by status, operation and stage, and the state of the
 * gateway's parts and of its process. docs/operations.md lists all of it.
 */
export function createMetrics({ backend, operations = 100, ...sources }: MetricSources): Metrics {
  const registry = new Registries();
  const registers = [registry];
  const info = new Gauge({
    name: "whygraph_backend_info",
    help: "What tensors are computed with; always 1.",
    labelNames: ["name", "version", "device"],
    registers,
  });
  info.set({ name: backend.name, version: backend.version, device: backend.device }, 1);
  showState(registry, sources);
  collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    observe: countAnswers(registry, new OperationNames(operations)),
    read: () => registry.metrics(),
  };
}

function countAnswers(registry: Registry, names: OperationNames): Metrics["observe"] {
  const registers = [registry];
  const requests = new Histogram({
    name: "whygraph_graphql_seconds",
    help: "Time from a request of /graphql to its whole answer, by HTTP status.",
    labelNames: ["status"],
    buckets: SECONDS,
    registers,
  });
  const operations = new Histogram({
    name: "whygraph_operation_seconds",
    help: "The same of valid documents, by the name of the operation.",
    labelNames: ["operation"],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: "whygraph_operation_errors_total",
    help: "Answers with errors, by the name of the operation and their code.",
    labelNames: ["operation", "code"],
    registers,
  });
  const stages = new Histogram({
    name: "whygraph_stage_seconds",
    help: "Time of a request in one stage of recommending: history, ranking (with its candidates), evidence, sentences.",
    labelNames: ["stage"],
    buckets: [0.0001, 0.0002, 0.0005, ...SECONDS],
    registers,
  });
  return ({ response, record, milliseconds }) => {
    const seconds = milliseconds / 1000;
    requests.observe({ status: String(response.statusCode) }, seconds);
    const operation = record.operation ? names.labelOf(record.operation.name) : null;
    if (operation !== null) operations.observe({ operation }, seconds);
    for (const code of record.codes) errors.inc({ operation: operation ?? "invalid", code });
    for (const [stage, ms] of Object.entries(record.stages)) stages.observe({ stage }, ms / 1000);
  };
}
