import type { Queryable } from "../../types.ts";
import { relationLabel } from "../relationLabel.ts";
import type { ChangeOnDemand } from "./changeOnDemand.ts";
import type { Merged } from "./mergeStage.ts";

// Of several rows that state something, the last in the source wins; null = not stated.
const SETTLE = `
  create temp table settled_relation as
  select key,
         (array_agg(label order by seq desc) filter (where label is not null))[1] as label,
         (array_agg(inverse_label order by seq desc) filter (where inverse_label is not null))[1] as inverse_label,
         (array_agg(to_jsonb(domain) order by seq desc) filter (where domain is not null))[1] as domain,
         (array_agg(to_jsonb(range) order by seq desc) filter (where range is not null))[1] as range,
         (array_agg(max_per_head order by seq desc) filter (where max_per_head is not null))[1] as max_per_head,
         (array_agg(is_symmetric order by seq desc) filter (where is_symmetric is not null))[1] as is_symmetric
    from (select * from staged_relation
          union all select null, relation, null, null, null, null, null, null
            from (select distinct relation from staged_triple) used) stated
   group by key`;
const TEXTS = (column: string): string =>
  `case when s.${column} is null then null else array(select jsonb_array_elements_text(s.${column})) end`;

const FIND_NEW = `
  select s.key, s.label from settled_relation s where not exists (select from relation r where r.key = s.key)
   order by s.key`;
const INSERT = `
  insert into relation (key, label, inverse_label, domain, range, max_per_head, is_symmetric)
  select s.key, n.label, s.inverse_label, ${TEXTS("domain")}, ${TEXTS("range")}, s.max_per_head,
         coalesce(s.is_symmetric, false)
    from unnest($1::text[], $2::text[]) with ordinality as n(key, label, place) join settled_relation s on s.key = n.key
   order by n.place`;
const DIFFER = `
  create temp table changed_relation as
  select r.id, coalesce(s.label, r.label) as label, coalesce(s.inverse_label, r.inverse_label) as inverse_label,
         coalesce(${TEXTS("domain")}, r.domain) as domain, coalesce(${TEXTS("range")}, r.range) as range,
         coalesce(s.max_per_head, r.max_per_head) as max_per_head,
         coalesce(s.is_symmetric, r.is_symmetric) as is_symmetric
    from settled_relation s join relation r on r.key = s.key
   where (s.label <> r.label) is true
      or (s.inverse_label is not null and s.inverse_label is distinct from r.inverse_label)
      or (s.domain is not null and ${TEXTS("domain")} is distinct from r.domain)
      or (s.range is not null and ${TEXTS("range")} is distinct from r.range)
      or (s.max_per_head is not null and s.max_per_head is distinct from r.max_per_head)
      or (s.is_symmetric <> r.is_symmetric) is true`;
const UPDATE = `
  update relation r set label = c.label, inverse_label = c.inverse_label, domain = c.domain, range = c.range,
         max_per_head = c.max_per_head, is_symmetric = c.is_symmetric, revision = r.revision + 1
    from changed_relation c where c.id = r.id`;

/** Merges the relations that are stated or used; a relation that only triples name gets a label from its key. */
export async function mergeRelations(db: Queryable, change: ChangeOnDemand): Promise<Merged> {
  await db.query(SETTLE);
  await db.query(DIFFER);
  const [{ settled, updated }] = await db.query<{ settled: number; updated: number }>(`
    select (select count(*)::int from settled_relation) as settled,
           (select count(*)::int from changed_relation) as updated`);
  const fresh = await db.query<{ key: string; label: string | null }>(FIND_NEW);
  if (updated > 0) {
    await change.open();
    await db.query(UPDATE);
  }
  if (fresh.length > 0) {
    await change.open();
    const keys = fresh.map(({ key }) => key);
    await db.query(INSERT, [keys, fresh.map(({ key, label }) => label ?? relationLabel(key))]);
  }
  return { inserted: fresh.length, updated, unchanged: settled - fresh.length - updated };
}
