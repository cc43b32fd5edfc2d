import type { Database } from "../../../../src/kg/database.ts";

/** All that the graph holds, by key, in one order: equal for isomorphic graphs. No ids and no row revisions. */
export async function dumpGraph(db: Database): Promise<Record<string, unknown[]>> {
  const entities = await db.query(`
    select e.key, e.type, e.name, e.aliases, e.description, e.attributes::text, e.is_item, s.key as merged_into
      from entity e left join entity s on s.id = e.merged_into order by e.key collate "C"`);
  const relations = await db.query(`
    select key, label, inverse_label, domain, range, max_per_head, is_symmetric from relation order by key collate "C"`);
  const triples = await db.query(`
    select h.key as head, r.key as relation, t.key as tail, x.confidence, x.rank, x.qualifiers::text, x.sources::text,
           x.valid_from::text, x.valid_to::text
      from triple x join entity h on h.id = x.head_id join relation r on r.id = x.relation_id
      join entity t on t.id = x.tail_id
     order by h.key collate "C", r.key collate "C", t.key collate "C"`);
  const interactions = await db.query(`
    select i.user_key, e.key as item, i.kind, i.weight, i.at::text, i.split
      from interaction i join entity e on e.id = i.item_id
     order by i.user_key collate "C", e.key collate "C", i.kind collate "C", i.at, i.weight`);
  return { entities, relations, triples, interactions };
}

/** The rows themselves: ids, row revisions and places on disk. Equal only where nothing was written. */
export async function dumpRows(db: Database): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const table of ["entity", "relation", "triple", "interaction", "change", "change_row"]) {
    dump[table] = await db.query(`select x.ctid::text, x.xmin::text, x.* from ${table} x order by 1`);
  }
  return dump;
}
