import type { Queryable } from "../../types.ts";

// Where a link says that an entity of the triples is an item, the item's key takes its place.
const LINK_HEADS = `
  update staged_triple t set head = l.item
    from (select distinct on (entity) entity, item from staged_link order by entity, seq desc) l where t.head = l.entity`;
const LINK_TAILS = `
  update staged_triple t set tail = l.item
    from (select distinct on (entity) entity, item from staged_link order by entity, seq desc) l where t.tail = l.entity`;

// RDF labels a property as it labels a thing. What the source declares as a relation, gives no other type and
// never uses as an end of a triple is one: its label moves there.
const LABEL_RELATIONS = `
  with labelled as (
    delete from staged_entity e
     where label_rank is not null and exists (select from staged_relation r where r.key = e.key)
       and not exists (select from staged_entity typed where typed.key = e.key and typed.type is not null)
       and not exists (select from staged_triple t where t.head = e.key or t.tail = e.key)
    returning seq, key, name, label_rank)
  insert into staged_relation (seq, key, label)
    select distinct on (key) seq, key, name from labelled where name is not null order by key, label_rank desc, seq desc`;

/** Settles what only all records together can tell: links and the labels of RDF properties. */
export async function settleStage(db: Queryable): Promise<void> {
  const [{ links, relations }] = await db.query<{ links: boolean; relations: boolean }>(`
    select exists (select from staged_link) as links,
           exists (select from staged_relation) and exists (select from staged_entity where label_rank is not null) as relations`);
  if (links) {
    await db.query(LINK_HEADS);
    await db.query(LINK_TAILS);
  }
  if (relations) await db.query(LABEL_RELATIONS);
}
