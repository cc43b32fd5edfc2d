/** What one request, or one viewer, may ask of the gateway. */
export interface Limits {
  /** Of one document, before anything else is made of it. */
  readonly tokens: number;
  /** Fields inside each other. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** Definitions of fragments. */
  readonly fragments: number;
  /** Faults of a document that are told at once. */
  readonly faults: number;
  /** Rows of a list that has no limit of its own. */
  readonly page: number;
  /** Entries of a list that a client sends. */
  readonly inputList: number;
  readonly bodyBytes: number;
  readonly responseBytes: number;
  /** Cost of one request; a cost of 1 is about a millisecond of the server. */
  readonly cost: number;
  /** How long a query may take. */
  readonly milliseconds: number;
  /** Cost per minute of a viewer with a key or token; null: unlimited. */
  readonly budget: number | null;
  /** Cost per minute of an address without one; null: unlimited. */
  readonly anonymousBudget: number | null;
}

type Count = Exclude<keyof Limits, "budget" | "anonymousBudget">;

/** Each limit that is a plain number: its setting, its default, and the most that may be set. */
const COUNTS: { readonly [name in Count]: readonly [setting: string, fallback: number, most: number] } = {
  tokens: ["WHYGRAPH_LIMIT_TOKENS", 5_000, 100_000],
  depth: ["WHYGRAPH_LIMIT_DEPTH", 20, 100],
  aliases: ["WHYGRAPH_LIMIT_ALIASES", 50, 10_000],
  rootFields: ["WHYGRAPH_LIMIT_ROOT_FIELDS", 25, 10_000],
  directives: ["WHYGRAPH_LIMIT_DIRECTIVES", 25, 10_000],
  fragments: ["WHYGRAPH_LIMIT_FRAGMENTS", 100, 1_000],
  faults: ["WHYGRAPH_LIMIT_FAULTS", 5, 100],
  page: ["WHYGRAPH_LIMIT_PAGE", 100, 100],
  inputList: ["WHYGRAPH_LIMIT_INPUT_LIST", 1_000, 100_000],
  bodyBytes: ["WHYGRAPH_LIMIT_BODY_BYTES", 1_048_576, 67_108_864],
  responseBytes: ["WHYGRAPH_LIMIT_RESPONSE_BYTES", 8_388_608, 268_435_456],
  cost: ["WHYGRAPH_LIMIT_COST", 500, 1_000_000],
  milliseconds: ["WHYGRAPH_LIMIT_MILLISECONDS", 10_000, 600_000],
};

const BUDGETS = {
  budget: ["WHYGRAPH_BUDGET", 60_000],
  anonymousBudget: ["WHYGRAPH_BUDGET_ANONYMOUS", 6_000],
} as const;

/** The settings of all limits; a test compares them with `.env.example`. */
export const LIMIT_SETTINGS: readonly string[] = [...Object.values(COUNTS), ...Object.values(BUDGETS)].map(
  ([setting]) => setting,
);

/** The limits where nothing is set, and nobody else can reach the gateway. */
export const DEFAULT_LIMITS: Limits = {
  ...(Object.fromEntries(Object.entries(COUNTS).map(([name, [, fallback]]) => [name, fallback])) as {
    [name in Count]: number;
  }),
  budget: null,
  anonymousBudget: null,
};

/** Reads the limits with the reader of settings; budgets are unlimited by default, save in production. */
export function readLimits(
  read: <T>(
    name: string,
    fallback: T,
    parse: (text: string) => T | undefined,
    ...expected: [expected: string]
  ) => T,
  production: boolean,
): Limits {
  const counts = Object.entries(COUNTS).map(([name, [setting, fallback, most]]) => {
    return [name, read(setting, fallback, parseUpTo(most), `a number from 1 to ${most}`)];
  });
  const budgets = Object.entries(BUDGETS).map(([name, [setting, fallback]]) => {
    const preset: number | null = production ? fallback : null;
    return [name, read(setting, preset, parseBudget, "off or a cost per minute from 1")];
  });
  return Object.fromEntries([...counts, ...budgets]);
}

function parseUpTo(most: number): (text: string) => number | undefined {
  return (text) => (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= most ? Number(text) : undefined);
}

function parseBudget(text: string): number | null | undefined {
  return text === "off" ? null : parseUpTo(999_999_999)(text);
}
