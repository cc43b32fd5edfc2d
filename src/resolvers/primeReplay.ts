import type { Context } from "../context.ts";
import type { NamedThen } from "../recommend/types.ts";

/** Puts what an answer of the past names, as it was then, before the loaders of the request, and what is at hand away. */
export function primeReplay(
  named: NamedThen,
  context: Pick<Context, "entities" | "relations" | "triples" | "atHand">,
): void {
  context.atHand = undefined; // it holds the graph of now
  const { entities, relations, triples } = context;
  for (const [id, entity] of named.entities) entities.clear(id).prime(id, entity);
  for (const [id, relation] of named.relations) relations.clear(id).prime(id, relation);
  for (const [id, triple] of named.triples) triples.clear(id).prime(id, triple);
}
