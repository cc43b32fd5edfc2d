import type { Loaders, Replayed } from "../context.ts";

/** Puts what an answer of the past names, as it was then, before the loaders of the request. */
export function primeReplay(
  replayed: Replayed,
  { entities, relations, triples }: Pick<Loaders, "entities" | "relations" | "triples">,
): void {
  for (const [id, entity] of replayed.entities) entities.clear(id).prime(id, entity);
  for (const [id, relation] of replayed.relations) relations.clear(id).prime(id, relation);
  for (const [id, triple] of replayed.triples) triples.clear(id).prime(id, triple);
}
