import { isIPv6 } from "node:net";
import { resolve } from "node:path";
import type { TokenAlgorithm, TokenOptions } from "./access/token/types.ts";
import { DomainError } from "./errors.ts";
import { LIMIT_SETTINGS, type Limits, readLimits } from "./limits.ts";
import { MEMORY_SETTINGS, type Memory, readMemory } from "./memory.ts";
import { OPERATING_SETTINGS, type Operating, readOperating } from "./operating.ts";
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
  /** Whether that is so only because nothing else is said, on a loopback address: then other names are not served. */
  readonly localOnly: boolean;
  /** Whose tokens are taken beside API keys; null: nobody's. */
  readonly tokens: TokenOptions | null;
  /** Pages of these origins may call the gateway from a browser. */
  readonly corsOrigins: readonly string[];
  readonly memory: Memory;
  /** What a request, and a viewer, may ask for. */
  readonly limits: Limits;
  /** Whether queries may ask for the schema itself. */
  readonly introspection: boolean;
  /** Trusted documents: where their manifest lies, what is done with others, and whether Apollo's clients may add theirs. */
  readonly documents: {
    readonly file: string | null;
    readonly mode: "off" | "log" | "enforce";
    readonly automatic: boolean;
  };
  readonly operating: Operating;
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

const ALGORITHMS: readonly TokenAlgorithm[] = [
  ...(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const),
  ...(["ES256", "ES384", "ES512", "EdDSA"] as const),
];

const MODES: readonly Config["documents"]["mode"][] = ["off", "log", "enforce"];

type Environment = { readonly [name: string]: string | undefined };

/** The variables that `readConfig` reads; a test compares them with `.env.example`. */
export const SETTINGS = [
  "DATABASE_URL",
  "HOST",
  "PORT",
  "WHYGRAPH_DATA",
  "WHYGRAPH_DEMO",
  "NODE_ENV",
  "WHYGRAPH_READING",
  "WHYGRAPH_CORS_ORIGINS",
  "WHYGRAPH_JWT_KEYS",
  "WHYGRAPH_JWT_ISSUER",
  "WHYGRAPH_JWT_AUDIENCE",
  "WHYGRAPH_JWT_ALGORITHMS",
  "WHYGRAPH_JWT_CLOCK_TOLERANCE",
  "WHYGRAPH_JWT_NAME_CLAIM",
  "WHYGRAPH_JWT_ROLE_CLAIM",
  "WHYGRAPH_JWT_SCOPE_CLAIM",
  "WHYGRAPH_JWT_USER_CLAIM",
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
  "WHYGRAPH_INTROSPECTION",
  "WHYGRAPH_DOCUMENTS",
  "WHYGRAPH_DOCUMENTS_MODE",
  "WHYGRAPH_DOCUMENTS_AUTOMATIC",
  ...LIMIT_SETTINGS.concat(MEMORY_SETTINGS, OPERATING_SETTINGS),
];

/** Reads one variable: `fallback` where it is empty, and a fault where `parse` gives nothing. */
type Read = <T>(name: string, fallback: T, parse: (text: string) => T | undefined, expected: string) => T;

/**
 * Reads the settings from the environment; the only place that does.
 * @throws {DomainError} CONFIGURATION that names every faulty setting at once
 */
export function readConfig(env: Environment = process.env): Config {
  const faults: string[] = [];
  const read: Read = (name, fallback, parse, expected) => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    const shown = text.replace(/(:\/\/[^/]*):[^/]*@/, "$1:…@"); // not the password
    faults.push(`${name} is ${JSON.stringify(shown)}, expected ${expected}`);
    return fallback;
  };
  const production = read("NODE_ENV", "", (text) => text, "a word") === "production";
  const host = read("HOST", "127.0.0.1", parseHost, "a host name or an IP address");
  const reading = read("WHYGRAPH_READING", null, parseReading, "open or key");
  const local = reading === null && isLoopback(host) && !production;
  const config: Config = {
    databaseUrl: read("DATABASE_URL", null, parsePostgres, "postgres://user:password@host:port/database"),
    host,
    port: read("PORT", 4000, parsePort, "a port from 0 (any free one) to 65535"),
    dataFolder: resolve(read("WHYGRAPH_DATA", ".data", (text) => text, "a folder")),
    demo: read("WHYGRAPH_DEMO", true, parseSwitch, "on or off"),
    openReading: reading === "open" || local,
    localOnly: local,
    tokens: readTokens(read, faults),
    corsOrigins: read("WHYGRAPH_CORS_ORIGINS", [], parseOrigins, "origins such as https://shop.example"),
    memory: readMemory(read),
    limits: readLimits(read, production),
    introspection: read("WHYGRAPH_INTROSPECTION", !production, parseSwitch, "on or off"),
    documents: readDocuments(read, faults),
    operating: readOperating(read, production),
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

function readTokens(read: Read, faults: string[]): TokenOptions | null {
  const text = (given: string) => given;
  const claim = (given: string): string | null => given;
  const keys = read("WHYGRAPH_JWT_KEYS", "", parseKeySet, "an https address or a file of a JSON Web Key Set");
  const options: TokenOptions = {
    keys,
    issuer: read("WHYGRAPH_JWT_ISSUER", "", text, "an issuer"),
    audience: read("WHYGRAPH_JWT_AUDIENCE", [], parseList, "names with commas between"),
    algorithms: read(
      "WHYGRAPH_JWT_ALGORITHMS",
      ["RS256", "ES256", "EdDSA"],
      parseAlgorithms,
      `some of ${ALGORITHMS.join(", ")}`,
    ),
    clockTolerance: read("WHYGRAPH_JWT_CLOCK_TOLERANCE", 30, parseTolerance, "0 to 300 seconds"),
    nameClaim: read("WHYGRAPH_JWT_NAME_CLAIM", "sub", text, "a claim"),
    roleClaim: read("WHYGRAPH_JWT_ROLE_CLAIM", null, claim, "a claim"),
    scopeClaim: read("WHYGRAPH_JWT_SCOPE_CLAIM", null, claim, "a claim"),
    userClaim: read("WHYGRAPH_JWT_USER_CLAIM", null, claim, "a claim"),
  };
  const given = [keys !== "", options.issuer !== "", options.audience.length > 0];
  if (given.every((one) => !one)) return null;
  if (given.every((one) => one)) return options;
  faults.push(
    "tokens are configured in part, expected WHYGRAPH_JWT_KEYS, WHYGRAPH_JWT_ISSUER and WHYGRAPH_JWT_AUDIENCE together",
  );
  return null;
}

/** Keys that come over a network in the clear could be anybody's. */
function parseKeySet(text: string): string | undefined {
  if (!/^[a-z]+:\/\//i.test(text)) return resolve(text);
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname } = new URL(text);
  const secure =
    protocol === "https:" || (protocol === "http:" && isLoopback(hostname.replace(/[[\]]/g, "")));
  return secure ? text : undefined;
}

function parseList(text: string): readonly string[] | undefined {
  const words = text.split(",").map((word) => word.trim());
  return words.every(Boolean) ? words : undefined;
}

function parseAlgorithms(text: string): readonly TokenAlgorithm[] | undefined {
  const named = parseList(text)?.map((word) => ALGORITHMS.find((algorithm) => algorithm === word));
  return named?.every((algorithm) => algorithm !== undefined) ? named : undefined;
}

function parseTolerance(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 300 ? Number(text) : undefined;
}

/** No `*`: any page could then read what its visitor's network may. */
function parseOrigins(text: string): readonly string[] | undefined {
  const isOrigin = (word: string) =>
    !word.includes("*") &&
    URL.canParse(word) &&
    /^https?:$/.test(new URL(word).protocol) &&
    new URL(word).origin === word;
  const words = parseList(text);
  return words?.every(isOrigin) ? words : undefined;
}

function parseReading(text: string): "open" | "key" | null | undefined {
  return text === "open" || text === "key" ? text : undefined;
}

function parseSwitch(text: string): boolean | undefined {
  return { on: true, off: false }[text];
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

function readDocuments(read: Read, faults: string[]): Config["documents"] {
  const file = read("WHYGRAPH_DOCUMENTS", null, (text) => resolve(text), "a file");
  const mode = read(
    "WHYGRAPH_DOCUMENTS_MODE",
    "off",
    (text) => MODES.find((name) => name === text),
    `one of ${MODES.join(", ")}`,
  );
  if (mode !== "off" && file === null) {
    faults.push(
      `WHYGRAPH_DOCUMENTS_MODE is ${mode} and WHYGRAPH_DOCUMENTS is empty, expected a manifest beside it`,
    );
  }
  const automatic = read("WHYGRAPH_DOCUMENTS_AUTOMATIC", mode !== "enforce", parseSwitch, "on or off");
  return { file, mode, automatic: automatic && mode !== "enforce" };
}
