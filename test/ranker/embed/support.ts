import type { EmbedConfig, EmbeddingModel, TripleColumns } from "../../../src/ranker/embed/types.ts";

/** Makes columns of [head, relation, tail] rows. */
export function makeColumns(
  rows: readonly (readonly [number, number, number])[],
  { entities, relations }: { readonly entities: number; readonly relations: number },
): TripleColumns {
  const column = (at: number) => Int32Array.from(rows, (row) => row[at]);
  return { entities, relations, head: column(0), relation: column(1), tail: column(2) };
}

/** A small configuration; what a test is about, it gives. */
export function makeConfig(model: EmbeddingModel, given: Partial<EmbedConfig> = {}): EmbedConfig {
  return {
    ...{ model, dimension: 8, epochs: 20, batch: 8, negatives: 4, observed: 0.5, filtered: true },
    ...{ loss: "softmax", margin: 4, temperature: 0, rate: 0.05, warmUp: 1, decay: "constant" },
    ...{ weightDecay: 0, cubic: 0, patience: 10, validateEvery: 1, seed: 1 },
    ...given,
  };
}

/**
 * A world of 24 films, 6 persons and 3 genres in which the rule "who directs a film's sequel directed the film" holds:
 * film f is directed by person ⌊(f mod 12) / 2⌋, follows f − 12 where f ≥ 12, and has genre 36 + (person mod 3).
 */
export function makeWorld(): TripleColumns {
  const rows: [number, number, number][] = [];
  for (let film = 0; film < 24; film++) {
    const person = Math.floor((film % 12) / 2);
    rows.push([film, 0, 24 + person], [film, 1, 36 + (person % 3)]);
    if (film >= 12) rows.push([film, 2, film - 12]);
  }
  return makeColumns(rows, { entities: 39, relations: 3 });
}
