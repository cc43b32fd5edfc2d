import { joinCalls, MOST_KEYS } from "./joinCalls.ts";
import type { FindMany, Reads } from "./types.ts";

const MOST_KINDS = 500; // of pages, by their arguments

/** Joins the reads of requests that run at the same time; what each request has loaded stays its own. */
export function joinReads(reads: Reads): Reads {
  return {
    entities: joinCalls(reads.entities),
    entitiesByKey: joinCalls(reads.entitiesByKey),
    relations: joinCalls(reads.relations),
    triples: joinCalls(reads.triples),
    triplesOf: joinFamily(reads.triplesOf),
    entitiesOfType: joinFamily(reads.entitiesOfType),
    nestedOfType: joinFamily(reads.nestedOfType, ({ first }) => Math.ceil(MOST_KEYS / (first || 20))),
    nestedBy: joinFamily(reads.nestedBy),
  };
}

/** One joined read for equal arguments, of at most so many keys; the arguments that were not asked for the longest time are forgotten. */
function joinFamily<A extends readonly unknown[], K, V>(
  make: (...args: A) => FindMany<K, V>,
  mostKeys: (...args: A) => number = () => MOST_KEYS,
): (...args: A) => FindMany<K, V> {
  const known = new Map<string, FindMany<K, V>>();
  return (...args) => {
    const name = JSON.stringify(args);
    const joined = known.get(name) ?? joinCalls(make(...args), undefined, mostKeys(...args));
    known.delete(name);
    known.set(name, joined);
    if (known.size > MOST_KINDS) known.delete(known.keys().next().value!);
    return joined;
  };
}
