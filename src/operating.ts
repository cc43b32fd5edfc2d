const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

/** How the gateway tells of itself, and how it stops. */
export interface Operating {
  readonly log: {
    /** The least that is told. */
    readonly level: (typeof LEVELS)[number];
    /** json: a line of JSON for each entry. text: for people. */
    readonly format: "json" | "text";
    /** A request is slow from then on. */
    readonly slowMs: number;
    /** Whether the variables of requests are told, with the users in them. */
    readonly variables: boolean;
  };
  /** Operations that have metrics of their own: the first so many, or those that are listed. */
  readonly operations: number | readonly string[];
  /** Whether traces are exported; where to is read by OpenTelemetry itself. */
  readonly traces: boolean;
  readonly drain: {
    /** Between saying that it stops and taking no more connections. */
    readonly delayMs: number;
    /** For running requests. */
    readonly mostMs: number;
  };
}

/** The settings that `readOperating` reads; a test compares them with `.env.example`. */
export const OPERATING_SETTINGS: readonly string[] = [
  ...["WHYGRAPH_LOG_LEVEL", "WHYGRAPH_LOG_FORMAT", "WHYGRAPH_LOG_SLOW_MS", "WHYGRAPH_LOG_VARIABLES"],
  ...["WHYGRAPH_METRICS_OPERATIONS", "WHYGRAPH_DRAIN_DELAY_SECONDS", "WHYGRAPH_DRAIN_SECONDS"],
  ...["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"],
];

type Read = <T>(name: string, fallback: T, parse: (text: string) => T | undefined, expected: string) => T;

/** Reads them with the reader of settings. */
export function readOperating(read: Read, production: boolean): Operating {
  const seconds = (name: string, fallback: number) =>
    1000 * read(name, fallback, parseUpTo(3_600), "a number of seconds from 0 to 3600");
  return {
    log: {
      level: read("WHYGRAPH_LOG_LEVEL", "info", parseLevel, `one of ${LEVELS.join(", ")}`),
      format: read("WHYGRAPH_LOG_FORMAT", production ? "json" : "text", parseFormat, "json or text"),
      slowMs: read(
        "WHYGRAPH_LOG_SLOW_MS",
        1_000,
        parseUpTo(600_000),
        "a number of milliseconds from 0 to 600000",
      ),
      variables: read("WHYGRAPH_LOG_VARIABLES", false, parseSwitch, "on or off"),
    },
    operations: read(
      "WHYGRAPH_METRICS_OPERATIONS",
      100,
      parseOperations,
      "a number from 0 to 1000, or names with commas between",
    ),
    traces: readEndpoints(read),
    drain: {
      delayMs: seconds("WHYGRAPH_DRAIN_DELAY_SECONDS", 0),
      mostMs: seconds("WHYGRAPH_DRAIN_SECONDS", 10),
    },
  };
}

function readEndpoints(read: Read): boolean {
  const address = "an address, e.g. http://127.0.0.1:4318";
  const names = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  return names.map((name) => read(name, "", parseHttp, address)).some(Boolean);
}

function parseHttp(text: string): string | undefined {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

function parseLevel(text: string): Operating["log"]["level"] | undefined {
  return LEVELS.find((level) => level === text);
}

function parseFormat(text: string): "json" | "text" | undefined {
  return text === "json" || text === "text" ? text : undefined;
}

function parseSwitch(text: string): boolean | undefined {
  return { on: true, off: false }[text];
}

function parseOperations(text: string): Operating["operations"] | undefined {
  if (/^\d+$/.test(text)) return parseUpTo(1_000)(text);
  const names = text.split(",").map((name) => name.trim());
  return names.length <= 1_000 && names.every((name) => /^[_A-Za-z]\w*$/.test(name)) ? names : undefined;
}

function parseUpTo(most: number): (text: string) => number | undefined {
  return (text) => (/^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined);
}
