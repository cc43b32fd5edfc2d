import { isIPv6 } from "node:net";
import { resolve } from "node:path";
import { DomainError } from "./errors.ts";
import type { BackendChoice } from "./ranker/backend.ts";

/** Everything that can be set from outside; `.env.example` says what each one means. */
export interface Config {
  /** Address of a Postgres server; null: the embedded one. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absolute path of the folder where the embedded Postgres keeps its data. */
  readonly dataFolder: string;
  /** Whether an empty embedded database gets the demo graph. */
  readonly demo: boolean;
  /** Whether a request without a key may read. */
  readonly openReading: boolean;
  /** What tensors are computed with. */
  readonly backend: BackendChoice;
  /** Endpoint of embeddings, for `encode --encoder openai`. */
  readonly embeddings: {
    readonly url: string | null;
    readonly model: string | null;
    readonly key: string | null;
    /** Requests per minute; null: unlimited. */
    readonly perMinute: number | null;
  };
  /** Endpoint of a language model that extracts triples from texts. */
  readonly extraction: {
    readonly url: string | null;
    readonly model: string | null;
    readonly key: string | null;
  };
  /** Folder of an ONNX model, for `encode --encoder transformers`. */
  readonly modelFolder: string | null;
  /** Folder for the metrics of each training; null: none are written. */
  readonly trainingLog: string | null;
}

const BACKENDS: readonly BackendChoice[] = ["auto", "tfjs-node-gpu", "webgpu", "tfjs-node", "wasm", "cpu"];

type Environment = { readonly [name: string]: string | undefined };

/** The variables that `readConfig` reads; a test compares them with `.env.example`. */
export const SETTINGS = [
  "DATABASE_URL",
  "HOST",
  "PORT",
  "WHYGRAPH_DATA",
  "WHYGRAPH_DEMO",
  "WHYGRAPH_READING",
  "WHYGRAPH_BACKEND",
  "WHYGRAPH_EMBEDDINGS_URL",
  "WHYGRAPH_EMBEDDINGS_MODEL",
  "WHYGRAPH_EMBEDDINGS_KEY",
  "WHYGRAPH_EMBEDDINGS_PER_MINUTE",
  "WHYGRAPH_EXTRACTION_URL",
  "WHYGRAPH_EXTRACTION_MODEL",
  "WHYGRAPH_EXTRACTION_KEY",
  "WHYGRAPH_MODEL_FOLDER",
  "WHYGRAPH_TRAINING_LOG",
];

/**
 * Reads the settings from the environment; the only place that does.
 * @throws {DomainError} CONFIGURATION that names every faulty setting at once
 */
export function readConfig(env: Environment = process.env): Config {
  const faults: string[] = [];
  const read = <T>(
    name: string,
    fallback: T,
    parse: (text: string) => T | undefined,
    expected: string,
  ): T => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    const shown = text.replace(/(:\/\/[^/]*):[^/]*@/, "$1:…@"); // not the password
    faults.push(`${name} is ${JSON.stringify(shown)}, expected ${expected}`);
    return fallback;
  };
  const host = read("HOST", "127.0.0.1", parseHost, "a host name or an IP address");
  const config: Config = {
    databaseUrl: read("DATABASE_URL", null, parsePostgres, "postgres://user:password@host:port/database"),
    host,
    port: read("PORT", 4000, parsePort, "a port from 0 (any free one) to 65535"),
    dataFolder: resolve(read("WHYGRAPH_DATA", ".data", (text) => text, "a folder")),
    demo: read("WHYGRAPH_DEMO", true, (text) => ({ on: true, off: false })[text], "on or off"),
    openReading: read(
      "WHYGRAPH_READING",
      isLoopback(host),
      (text) => ({ open: true, key: false })[text],
      "open or key",
    ),
    backend: read("WHYGRAPH_BACKEND", "auto", parseBackend, `one of ${BACKENDS.join(", ")}`),
    embeddings: {
      url: read("WHYGRAPH_EMBEDDINGS_URL", null, parseHttp, "an address, e.g. http://127.0.0.1:11434/v1"),
      model: read("WHYGRAPH_EMBEDDINGS_MODEL", null, (text) => text, "a model's name"),
      key: read("WHYGRAPH_EMBEDDINGS_KEY", null, (text) => text, "a key"),
      perMinute: read("WHYGRAPH_EMBEDDINGS_PER_MINUTE", null, parseRate, "a number of requests from 1"),
    },
    extraction: {
      url: read("WHYGRAPH_EXTRACTION_URL", null, parseHttp, "an address, e.g. http://127.0.0.1:11434/v1"),
      model: read("WHYGRAPH_EXTRACTION_MODEL", null, (text) => text, "a model's name"),
      key: read("WHYGRAPH_EXTRACTION_KEY", null, (text) => text, "a key"),
    },
    modelFolder: read("WHYGRAPH_MODEL_FOLDER", null, (text) => resolve(text), "a folder"),
    trainingLog: read("WHYGRAPH_TRAINING_LOG", null, (text) => resolve(text), "a folder"),
  };
  if (faults.length > 0) throw new DomainError("CONFIGURATION", faults.join("; "));
  return config;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function parseHost(text: string): string | undefined {
  return isIPv6(text) || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text) ? text : undefined;
}

function parsePostgres(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  return ["postgres:", "postgresql:"].includes(new URL(text).protocol) ? text : undefined;
}

function parseBackend(text: string): BackendChoice | undefined {
  return BACKENDS.find((name) => name === text);
}

function parseHttp(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  return ["http:", "https:"].includes(new URL(text).protocol) ? text : undefined;
}

function parseRate(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
