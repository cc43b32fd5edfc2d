import type { CtrData } from "./types.ts";

/** What the graph says of the items: one fact per (relation, direction, entity) and its bearers. */
export interface Facts {
  /** Names of the groups of relations. */
  readonly groups: readonly string[];
  readonly facts: number;
  /** Group of each fact, [facts]. */
  readonly groupOf: Int32Array;
  /** One pair per (item, fact). */
  readonly item: Int32Array;
  readonly fact: Int32Array;
}

/** A relation with a smaller share of the facts has no group of its own. */
const OWN_GROUP = 0.02;

/**
 * Makes the facts of the items out of the triples that touch one. Frequent relations are a group each, the
 * rest is one group, so that no weight hangs on a handful of rows.
 */
export function makeFacts({ items, entities, relationKeys, triples }: CtrData): Facts {
  const item: number[] = [];
  const fact: number[] = [];
  const relationOf: number[] = [];
  const known = new Map<number, number>();
  const bear = (bearer: number, relation: number, entity: number): void => {
    if (bearer >= items) return;
    const key = relation * entities + entity;
    let index = known.get(key);
    if (index === undefined) {
      index = known.size;
      known.set(key, index);
      relationOf.push(relation);
    }
    item.push(bearer);
    fact.push(index);
  };
  const { head, relation, tail } = triples;
  for (let at = 0; at < head.length; at++) {
    bear(head[at], 2 * relation[at], tail[at]);
    bear(tail[at], 2 * relation[at] + 1, head[at]);
  }
  const count = new Int32Array(2 * relationKeys.length);
  for (const index of fact) count[relationOf[index]]++;
  const own = [...count.keys()].filter(
    (directed) => count[directed] >= OWN_GROUP * fact.length && count[directed] > 0,
  );
  const groups = [
    ...own.map((directed) => (directed % 2 ? "^" : "") + relationKeys[directed >> 1]),
    "other relations",
  ];
  return {
    groups,
    facts: known.size,
    groupOf: Int32Array.from(relationOf, (directed) => {
      const place = own.indexOf(directed);
      return place < 0 ? own.length : place;
    }),
    item: Int32Array.from(item),
    fact: Int32Array.from(fact),
  };
}
