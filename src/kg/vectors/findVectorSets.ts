import type { Queryable, VectorSetRecord } from "../types.ts";

// Index only: entity_vector_pkey counts the rows of each set; the rows without a vector are few.
const SETS = `
  select s.name, s.kind, s.encoder, s.dim, s.updated_at as "updatedAt",
         (select count(*) from entity_vector v where v.set_id = s.id and v.vector is not null)::int as encoded,
         (select count(*) from entity_vector v where v.set_id = s.id and v.vector is null)::int as refused
    from vector_set s order by s.name`;

/** Finds all vector sets by name, with how many entities have a vector; they are few. */
export async function findVectorSets(db: Queryable): Promise<VectorSetRecord[]> {
  return db.query<VectorSetRecord>(SETS);
}
