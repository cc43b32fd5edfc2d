/** What is read from memory, and how much of it there may be. */
export interface Memory {
  /**
   * How the graph is read: each request for itself, joined with those that run at the same time, or from memory as far as
   * the snapshot is fresh and joined else.
   */
  readonly reads: (typeof READS)[number];
  /** Nothing is read from memory where the graph has more entities. */
  readonly mostEntities: number;
  /** How many lists of recommendations are remembered. */
  readonly lists: number;
  /** How many bytes of answers are kept. */
  readonly answerBytes: number;
}

const READS = ["plain", "joined", "memory"] as const;
const MEGABYTE = 1_048_576;

/** The settings that `readMemory` reads; a test compares them with `.env.example`. */
export const MEMORY_SETTINGS: readonly string[] = [
  ...["WHYGRAPH_READS", "WHYGRAPH_READS_ENTITIES", "WHYGRAPH_LISTS", "WHYGRAPH_ANSWERS_MEGABYTES"],
];

type Read = <T>(name: string, fallback: T, parse: (text: string) => T | undefined, expected: string) => T;

/** Reads them with the reader of settings. */
export function readMemory(read: Read): Memory {
  return {
    reads: read(
      "WHYGRAPH_READS",
      "memory",
      (text) => READS.find((name) => name === text),
      `one of ${READS.join(", ")}`,
    ),
    mostEntities: read("WHYGRAPH_READS_ENTITIES", 1_000_000, parseCount, "a number of entities from 0"),
    lists: read("WHYGRAPH_LISTS", 200, parseCount, "a number of lists from 0"),
    answerBytes:
      MEGABYTE * read("WHYGRAPH_ANSWERS_MEGABYTES", 32, parseCount, "a number of megabytes from 0"),
  };
}

function parseCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
