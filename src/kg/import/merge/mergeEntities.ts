import { ALIASES, DESCRIPTIONS, LABELS } from "../../rdf/fields.ts";
import { iriToKey } from "../../rdf/keys.ts";
import type { Queryable } from "../../types.ts";
import type { ChangeOnDemand } from "./changeOnDemand.ts";
import type { Merged } from "./mergeStage.ts";

const MERGE_OBJECTS = `
  create aggregate pg_temp.merge_objects(jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}')`;

// One row per key. Of several rows that state something, the last in the source wins, save for those with a preference,
// of which the highest counts, and then the first; null = not stated.
const ORDER = "preference desc nulls first, case when preference is null then -seq else seq end";
const SETTLE = `
  create temp table settled_entity as
  select key,
         (array_agg(type order by ${ORDER}) filter (where type is not null))[1] as type,
         (array_agg(name order by ${ORDER}) filter (where name is not null))[1] as name,
         null::text[] as aliases,
         (array_agg(description order by ${ORDER}) filter (where description is not null))[1] as description,
         case when count(attributes) > 0 then pg_temp.merge_objects(attributes order by seq) end as attributes,
         bool_or(is_item) as is_item,
         (array_agg(merged_into order by seq desc) filter (where merged_into is not null))[1] as merged_into,
         true as described
    from staged_entity group by key`;

// Labels that did not become the name are aliases. Where one row alone states aliases, they stay as they are.
const SETTLE_ALIASES = `
  update settled_entity s set aliases = a.aliases from (
    select key, case when bool_and(row_count = 1) then array_agg(alias order by seq, place)
                     else array_agg(alias order by seq, place) filter (where is_first) end as aliases
      from (select e.key, alias, seq, place, row_count,
                   row_number() over (partition by e.key, alias order by seq, place) = 1 as is_first
              from (select staged.*, named.name as chosen, count(*) over (partition by staged.key) as row_count
                      from staged_entity staged join settled_entity named on named.key = staged.key
                     where cardinality(staged.aliases) > 0 or (staged.preference is not null and staged.name is not null)) e,
                   unnest(coalesce(e.aliases, array[e.name])) with ordinality as one(alias, place)
             where e.preference is null or alias <> e.chosen) marked
     group by key) a
   where a.key = s.key`;

const SETTLE_ATTRIBUTES = `
  insert into settled_entity (key, described) select distinct key, true from staged_attribute a
   where not exists (select from settled_entity s where s.key = a.key)`;
const MERGE_ATTRIBUTES = `
  update settled_entity s set attributes = coalesce(s.attributes, '{}') || a.attributes from (
    select key, jsonb_object_agg(name, case when jsonb_array_length(vals) = 1 then vals->0 else vals end) as attributes
      from (select key, name, jsonb_agg(value order by first) as vals
              from (select key, name, value::text::jsonb as value, min(seq) as first -- as text: 1 and 1.0 are two
                      from staged_attribute group by key, name, value::text) one
             group by key, name) listed
     group by key) a
   where a.key = s.key`;

// What the fields say already is no attribute as well: a label, description or alias of RDF that has no language and is
// the only one of its kind. Index: none, temporary tables.
const SAME = (what: "label" | "description" | "alias", predicate: string, field: string): string => `
  update settled_entity s set attributes = s.attributes - '${predicate}'
   where s.attributes->'${predicate}' = ${field} and not (s.attributes - '${predicate}') ?| $1::text[]
     and exists (select from staged_attribute a where a.key = s.key and a.name = '${predicate}')
     ${what === "label" ? "and s.name <> s.key" : ""}`;
const DROP_SAME: readonly (readonly [sql: string, predicates: readonly string[]])[] = [
  [SAME("label", "rdfs:label", "to_jsonb(s.name)"), LABELS],
  [SAME("description", "dct:description", "to_jsonb(s.description)"), DESCRIPTIONS],
  [
    SAME(
      "alias",
      "skos:altLabel",
      "case cardinality(s.aliases) when 1 then to_jsonb(s.aliases[1]) else to_jsonb(s.aliases) end",
    ),
    ALIASES,
  ],
];

// Entities that only triples, interactions and mergers name are made, never dropped.
const SETTLE_NAMED = `
  insert into settled_entity (key, is_item, described)
  select key, nullif(bool_or(is_item), false), false from (
    select head as key, false as is_item from staged_triple union all select tail, false from staged_triple
    union all select item, true from staged_interaction
    union all select merged_into, false from staged_entity where merged_into is not null) named
   where not exists (select from settled_entity s where s.key = named.key)
   group by key`;
const MARK_ITEMS = `
  update settled_entity s set is_item = true from (select distinct item from staged_interaction) i
   where s.key = i.item and s.is_item is null`;

const GUESS = `coalesce(s.type, $1::text, case when s.key ~ '^[^:/]+:' and s.key !~ '^[^:/]+://'
    then left(split_part(s.key, ':', 1), 60) when s.is_item then 'item' else 'entity' end)`;
const FIND_NEW = `
  create temp table new_entity as select s.* from settled_entity s
   where not exists (select from entity e where e.key = s.key)`;
const INSERT = `
  insert into entity (key, type, name, aliases, description, attributes, is_item, merged_into)
  select s.key, ${GUESS}, coalesce(s.name, s.key), coalesce(s.aliases, '{}'), s.description,
         coalesce(s.attributes, '{}'), coalesce(s.is_item, false), survivor.id
    from new_entity s left join entity survivor on survivor.key = s.merged_into
   where (s.merged_into is null or survivor.id is not null) and not exists (select from entity e where e.key = s.key)
   order by s.key`;
// Two entities said to be merged into each other stay apart.
const INSERT_CYCLES = INSERT.replace("where (s.merged_into is null or survivor.id is not null) and", "where");

const DIFFER = `
  create temp table changed_entity as select * from (
    select e.id, coalesce(s.type, e.type) as type, coalesce(s.name, e.name) as name,
           case when s.aliases <@ e.aliases is not false then e.aliases else e.aliases || array(
             select alias from unnest(s.aliases) with ordinality as one(alias, place)
              where alias <> all (e.aliases) order by place) end as aliases,
           coalesce(s.description, e.description) as description,
           e.attributes || coalesce(s.attributes, '{}') as attributes, coalesce(s.is_item, e.is_item) as is_item,
           e.type as old_type, e.name as old_name, e.aliases as old_aliases, e.description as old_description,
           e.attributes as old_attributes, e.is_item as old_is_item
      from settled_entity s join entity e on e.key = s.key and e.merged_into is null) wanted
   where (type, name, aliases, description, attributes, is_item)
      is distinct from (old_type, old_name, old_aliases, old_description, old_attributes, old_is_item)`;
const UPDATE = `
  update entity e set type = c.type, name = c.name, aliases = c.aliases, description = c.description,
         attributes = c.attributes, is_item = c.is_item, revision = e.revision + 1
    from changed_entity c where c.id = e.id`;

interface EntityCounts {
  readonly settled: number;
  readonly fresh: number;
  readonly made: number;
  readonly merged: number;
  readonly updated: number;
}
const COUNT = `
  select (select count(*)::int from settled_entity) as settled, count(*)::int as fresh,
         (count(*) filter (where not described))::int as made, count(merged_into)::int as merged,
         (select count(*)::int from changed_entity) as updated from new_entity`;

/**
 * Merges the entities that are stated or named. What a record states replaces what the graph says; attributes
 * and aliases are added to those that are there. A merged entity stays as it is.
 */
export async function mergeEntities(
  db: Queryable,
  change: ChangeOnDemand,
  fallbackType: string | null,
): Promise<Merged & { readonly made: number }> {
  await settle(db);
  await db.query(FIND_NEW);
  await db.query(DIFFER);
  const [counts] = await db.query<EntityCounts>(COUNT);
  const { settled, fresh, made, updated } = counts;
  if (updated > 0) {
    await change.open();
    await db.query(UPDATE);
  }
  if (fresh > 0) {
    await change.open();
    await insert(db, fallbackType, counts);
  }
  return { inserted: fresh, updated, unchanged: settled - fresh - updated, made };
}

async function settle(db: Queryable): Promise<void> {
  await db.query(MERGE_OBJECTS);
  await db.query(SETTLE);
  await db.query(SETTLE_ALIASES);
  await db.query(SETTLE_ATTRIBUTES);
  await db.query(MERGE_ATTRIBUTES);
  for (const [sql, predicates] of DROP_SAME) {
    await db.query(sql, [predicates.map((iri) => iriToKey("attribute", iri))]);
  }
  await db.query(SETTLE_NAMED);
  await db.query(MARK_ITEMS);
  await db.query("drop aggregate pg_temp.merge_objects(jsonb)");
  await db.query("analyze settled_entity");
}

/** Survivors go in before those merged into them, however long the chain. */
async function insert(db: Queryable, fallbackType: string | null, counts: EntityCounts): Promise<void> {
  await db.query(INSERT, [fallbackType]);
  if (counts.merged === 0) return;
  for (let left = counts.merged; left > 0; ) {
    await db.query(INSERT, [fallbackType]);
    const [{ now }] = await db.query<{ now: number }>(
      "select count(*)::int as now from new_entity s where not exists (select from entity e where e.key = s.key)",
    );
    if (now === left) break;
    left = now;
  }
  await db.query(INSERT_CYCLES, [fallbackType]);
}
