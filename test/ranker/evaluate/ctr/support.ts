import type { CtrData } from "../../../../src/ranker/evaluate/ctr/types.ts";
import { Random } from "../../../../src/ranker/random.ts";

/** A data set of rows [user, item, label] and triples [head, relation, tail]; items come first among entities. */
export function makeCtrData(
  rows: readonly (readonly [number, number, number])[],
  triples: readonly (readonly [number, number, number])[],
  {
    users,
    items,
    relations = ["directed by"],
  }: { users: number; items: number; relations?: readonly string[] },
): CtrData {
  const column = (from: readonly (readonly number[])[], at: number): Int32Array =>
    Int32Array.from(from, (entry) => entry[at]);
  const largest = Math.max(items - 1, ...triples.flatMap(([head, , tail]) => [head, tail]));
  return {
    name: "films",
    ...{ users, items, entities: largest + 1, relationKeys: relations },
    rows: {
      user: column(rows, 0),
      item: column(rows, 1),
      label: Uint8Array.from(rows, ([, , label]) => label),
    },
    triples: { head: column(triples, 0), relation: column(triples, 1), tail: column(triples, 2) },
  };
}

/**
 * Makes users who each love one director: they like 6 films of that director and 1 of another, and do not like as
 * many drawn from the rest. 30 films, 5 directors (entities 30 … 34) with 6 films each.
 */
export function makeFans(users: number, seed: number): CtrData {
  const random = new Random(seed);
  const rows: [number, number, number][] = [];
  for (let user = 0; user < users; user++) {
    const loved = user % 5;
    const liked = new Set([0, 1, 2, 3, 4, 5].map((film) => loved * 6 + film));
    liked.add((loved * 6 + 6 + random.below(24)) % 30);
    const others = new Set<number>();
    while (others.size < liked.size) {
      const film = random.below(30);
      if (!liked.has(film)) others.add(film);
    }
    for (const film of liked) rows.push([user, film, 1]);
    for (const film of others) rows.push([user, film, 0]);
  }
  const triples = Array.from({ length: 30 }, (_, film) => [film, 0, 30 + Math.floor(film / 6)] as const);
  return makeCtrData(rows, triples, { users, items: 30 });
}
