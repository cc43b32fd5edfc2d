import type { Queryable } from "../../types.ts";

// Where a link says that an entity of the triples is an item, the item's key takes its place.
const LINK_HEADS = `
  update staged_triple t set head = l.item
    from (select distinct on (entity) entity, item from staged_link order by entity, seq desc) l where t.head = l.entity`;
const LINK_TAILS = `
  update staged_triple t set tail = l.item
    from (select distinct on (entity) entity, item from staged_link order by entity, seq desc) l where t.tail = l.entity`;

// RDF labels a property as it labels a thing: the label is the relation's too, where no record states another.
const LABEL_RELATIONS = `
  insert into staged_relation (seq, key, label)
    select distinct on (key) -1, key, name from staged_entity e
     where preference is not null and name is not null
       and (exists (select from staged_relation r where r.key = e.key)
            or exists (select from staged_triple t where t.relation = e.key))
     order by key, preference desc, seq`;

// The graphs that state a triple are a qualifier of it, null for the default graph.
const COLLECT_GRAPHS = `
  update staged_triple t set qualifiers = coalesce(t.qualifiers, '{}') || jsonb_build_object('@graph', g.graphs)
    from (select head, relation, tail, jsonb_agg(graph order by first) as graphs
            from (select head, relation, tail, graph, min(seq) as first from staged_triple
                   group by head, relation, tail, graph) stated
           group by head, relation, tail having count(graph) > 0) g
   where (t.head, t.relation, t.tail) = (g.head, g.relation, g.tail)`;

/** Settles what only all records together can tell: links, the labels of RDF properties, and graphs of RDF. */
export async function settleStage(db: Queryable): Promise<void> {
  const [{ links, labels, graphs }] = await db.query<{ links: boolean; labels: boolean; graphs: boolean }>(`
    select exists (select from staged_link) as links,
           exists (select from staged_entity where preference is not null) as labels,
           exists (select from staged_triple where graph is not null) as graphs`);
  if (links) {
    await db.query(LINK_HEADS);
    await db.query(LINK_TAILS);
  }
  if (labels) await db.query(LABEL_RELATIONS);
  if (graphs) await db.query(COLLECT_GRAPHS);
}
