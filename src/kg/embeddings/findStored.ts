import type { Queryable, TripleKey } from "../types.ts";

// Each row by triple's unique key (head_id, relation_id, tail_id), whatever the rank.
const STORED = `
  select asked.position::int from unnest($1::bigint[], $2::int[], $3::bigint[]) with ordinality
         as asked(head_id, relation_id, tail_id, position)
    join triple using (head_id, relation_id, tail_id)`;

/** Finds which of the triples are stored, a deprecated one too: their places in `triples`. */
export async function findStored(db: Queryable, triples: readonly TripleKey[]): Promise<Set<number>> {
  const rows = await db.query<{ position: number }>(STORED, [
    triples.map(({ headId }) => headId),
    triples.map(({ relationId }) => relationId),
    triples.map(({ tailId }) => tailId),
  ]);
  return new Set(rows.map(({ position }) => position - 1));
}
