import type { Queryable } from "../../types.ts";
import type { ChangeOnDemand } from "./changeOnDemand.ts";
import type { Merged } from "./mergeStage.ts";

// The entity behind each key that is stated or named; a merged one is its survivor. Index entity_key_key.
const RESOLVE = `
  create temp table resolved_entity as
  with recursive up as (
    select s.key, e.id, e.merged_into, 1 as steps from settled_entity s join entity e on e.key = s.key
    union all
    select up.key, e.id, e.merged_into, up.steps + 1 from up join entity e on e.id = up.merged_into where up.steps < 100
  )
  select distinct on (key) key, id from up order by key, steps desc`;

// Of several rows for one triple the last in the source that states something of it wins; null = not stated. Index triple_head (head_id,
// relation_id, tail_id), or one hash join where much is imported.
const SETTLE = `
  create temp table settled_triple as
  select s.*, t.id as triple_id from (
    select distinct on (h.id, r.id, t.id) h.id as head_id, r.id as relation_id, t.id as tail_id, s.confidence, s.rank,
           s.qualifiers, s.sources, s.valid_from, s.valid_to
      from staged_triple s join resolved_entity h on h.key = s.head join relation r on r.key = s.relation
      join resolved_entity t on t.key = s.tail
     order by h.id, r.id, t.id,
              s.confidence is null and s.rank is null and s.sources is null and s.valid_from is null and s.valid_to is null,
              s.qualifiers is null, s.seq desc) s
    left join triple t using (head_id, relation_id, tail_id)`;

// The two ends of a validity belong together: who states one states both.
const DIFFER = `
  create temp table changed_triple as select * from (
    select t.id, coalesce(s.confidence, t.confidence) as confidence, coalesce(s.rank, t.rank) as rank,
           coalesce(s.qualifiers, t.qualifiers) as qualifiers, coalesce(s.sources, t.sources) as sources,
           case when s.valid_from is null and s.valid_to is null then t.valid_from else s.valid_from end as valid_from,
           case when s.valid_from is null and s.valid_to is null then t.valid_to else s.valid_to end as valid_to,
           t.confidence as old_confidence, t.rank as old_rank, t.qualifiers as old_qualifiers, t.sources as old_sources,
           t.valid_from as old_valid_from, t.valid_to as old_valid_to
      from settled_triple s join triple t on t.id = s.triple_id) wanted
   where (confidence, rank, qualifiers, sources, valid_from, valid_to)
      is distinct from (old_confidence, old_rank, old_qualifiers, old_sources, old_valid_from, old_valid_to)`;
const UPDATE = `
  update triple t set confidence = c.confidence, rank = c.rank, qualifiers = c.qualifiers, sources = c.sources,
         valid_from = c.valid_from, valid_to = c.valid_to, revision = t.revision + 1
    from changed_triple c where c.id = t.id`;
const COUNT = `
  select count(*)::int as settled, (select count(*)::int from changed_triple) as updated,
         (count(*) filter (where triple_id is null))::int as fresh
    from settled_triple`;
const INSERT = `
  insert into triple (head_id, relation_id, tail_id, confidence, rank, qualifiers, sources, valid_from, valid_to)
  select head_id, relation_id, tail_id, coalesce(confidence, 1), coalesce(rank, 'NORMAL'), coalesce(qualifiers, '{}'),
         coalesce(sources, '[]'), valid_from, valid_to
    from settled_triple where triple_id is null order by head_id, relation_id, tail_id`;

/** Merges the triples. A triple that the source does not name stays: an import never deletes. */
export async function mergeTriples(db: Queryable, change: ChangeOnDemand): Promise<Merged> {
  await db.query(RESOLVE);
  await db.query("analyze resolved_entity");
  await db.query(SETTLE);
  await db.query("analyze settled_triple");
  await db.query(DIFFER);
  const [{ settled, updated, fresh }] = await db.query<{ settled: number; updated: number; fresh: number }>(
    COUNT,
  );
  if (updated > 0) {
    await change.open();
    await db.query(UPDATE);
  }
  if (fresh > 0) {
    await change.open();
    await db.query(INSERT);
  }
  return { inserted: fresh, updated, unchanged: settled - fresh - updated };
}
