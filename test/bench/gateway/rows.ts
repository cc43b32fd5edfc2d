/** One way in which the gateway serves the reads. */
export interface Row {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** How old an answer may be. */
  readonly freshness: string;
}

/** The gateway's rows, beside the peer's one. */
export const ROWS: readonly Row[] = [
  {
    name: "like for like",
    env: { WHYGRAPH_READS: "plain" },
    freshness: "as Postgres, each request for itself; no cache",
  },
  {
    name: "coalesced",
    env: { WHYGRAPH_READS: "joined" },
    freshness: "as Postgres; requests that run at the same time share statements",
  },
  {
    name: "fresh dictionary and adjacency",
    env: { WHYGRAPH_READS: "memory", WHYGRAPH_ANSWERS_MEGABYTES: "0" },
    freshness: "one's own edits at once, others' as measured below; each answer is made anew",
  },
  {
    name: "the same, answers kept",
    env: {}, // the default
    freshness: "the same; what was asked before in the same words is answered as then until the next commit",
  },
];
