import type { Side, TripleColumns } from "./types.ts";

/** The distinct entities that are seen at one end of one relation, ascending. */
export type ObservedEnds = (side: Side, relation: number) => Int32Array;

/** Collects which entities are seen at which end of which relation: what its domain and range are in fact. */
export function collectObservedEnds({ relations, relation, head, tail }: TripleColumns): ObservedEnds {
  const collect = (ends: Int32Array): Int32Array[] => {
    const seen = Array.from({ length: relations }, () => new Set<number>());
    for (let index = 0; index < ends.length; index++) seen[relation[index]].add(ends[index]);
    return seen.map((entities) => Int32Array.from(entities).sort());
  };
  const [heads, tails] = [collect(head), collect(tail)];
  return (side, index) => (side === "HEAD" ? heads : tails)[index];
}
