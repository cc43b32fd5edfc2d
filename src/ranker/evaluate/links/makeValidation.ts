import type { KnownTriples } from "../../embed/KnownTriples.ts";
import { scoreAll } from "../../embed/scoreTriple.ts";
import type { Embedding, TripleColumns } from "../../embed/types.ts";
import { averageRanks, rankLinks } from "./rankLinks.ts";
import { selectRows } from "./splitTriples.ts";

/** Triples that one validation ranks at most: enough for a standard error of about .01. */
const MOST = 500;

/** Makes the measure that a training stops by: the filtered MRR of some held-out triples, evenly spread. */
export function makeValidation(
  valid: TripleColumns,
  known: KnownTriples,
): ((embedding: Embedding) => number) | undefined {
  const { length } = valid.head;
  if (length === 0) return undefined; // so few triples that none can be spared
  const count = Math.min(length, MOST);
  const rows = Array.from({ length: count }, (_, index) => Math.floor((index * length) / count));
  const sample = selectRows(valid, rows);
  return (embedding) => {
    const { head, tail } = rankLinks(sample, known, (query, out) => scoreAll(embedding, query, out));
    return averageRanks([head, tail]).mrr;
  };
}
