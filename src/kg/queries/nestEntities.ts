import { ENTITY_FIELDS } from "../tables/entity.ts";
import { packedSql } from "../tables/lean.ts";
import { makePackedClass } from "../tables/packed.ts";
import { RELATION_FIELDS } from "../tables/relation.ts";
import type { Entity, EntityId, NestedSelection, Relation, RelationId, WithTriples } from "../types.ts";
import type { PackedTriple } from "./layOutTriples.ts";
import { nestTriples } from "./nestTriples.ts";

/** An entity as it travels: its id, its triples, its fields. */
type PackedEntity = readonly [EntityId, readonly PackedTriple[] | null, ...unknown[]];

/** Entities as they travel, with the relations that their triples name: id first. */
export interface PackedPage {
  readonly packed: readonly PackedEntity[] | null;
  readonly relations: readonly (readonly [RelationId, ...unknown[]])[] | null;
}

/** How entities are read together with their first triples. */
export interface Nesting {
  /** SQL that gives one `PackedPage` of the entities that `from` selects; `$2` is `limit`. */
  sqlOf(from: string, order?: string): string;
  readonly limit: number;
  /** Reads up to `size` of them; the id and the name of each are always there. */
  read(page: PackedPage, size: number): (Entity & WithTriples)[];
}

const known = new WeakMap<NestedSelection, Nesting>();

/**
 * Gives the SQL that packs entities with the first triples of each into JSON, and what reads them.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export function nestEntities(selection: NestedSelection): Nesting {
  const made = known.get(selection) ?? makeNesting(selection);
  known.set(selection, made);
  return made;
}

function makeNesting({ select, triples }: NestedSelection): Nesting {
  const fields = [...new Set<keyof Entity>(["name", ...select])].filter((field) => field !== "id");
  const nested = nestTriples(triples, "$2");
  const { sql: relationsSql, read: readRelations } = nestRelations(triples.select.relation);
  const values = ["e.id::text", "near.packed", ...fields.map((field) => ENTITY_FIELDS[field])];
  type Near = NonNullable<WithTriples["firstTriples"]>["page"];
  class NestedEntity extends makePackedClass<Entity>(ENTITY_FIELDS, fields, 2) {
    readonly firstTriples: WithTriples["firstTriples"];

    constructor(packed: PackedEntity, page: Near) {
      super(packed, packed[0]);
      this.firstTriples = { of: triples, page };
    }
  }
  return {
    sqlOf: (from, order = "") => `with listed as (
        select json_build_array(${values.join(", ")}) as packed, near.relations
          from (${from}) e cross join lateral (${nested.sql}) near ${order})
      select (select json_agg(packed) from listed) as packed, ${relationsSql} as relations`,
    limit: nested.limit,
    read(page, size) {
      const relations = readRelations(page.relations);
      return (page.packed ?? [])
        .slice(0, size)
        .map((packed) => new NestedEntity(packed, nested.read(packed[1], packed[0], relations)));
    },
  };
}

const NONE: ReadonlyMap<RelationId, Relation> = new Map();

/** Relations are packed once for all triples of a page. */
function nestRelations(selected: readonly (keyof Relation)[] | null) {
  if (!selected) return { sql: "null::json", read: () => NONE };
  const fields = selected.filter((field) => field !== "id");
  const Named = makePackedClass<Relation>(RELATION_FIELDS, fields, 1);
  return {
    sql: `(select json_agg(${packedSql(RELATION_FIELDS, ["id", ...fields])}) from relation r
      where r.id in (select unnest(relations) from listed))`,
    read: (packed: PackedPage["relations"]) =>
      new Map((packed ?? []).map((values) => [values[0], new Named(values, values[0])])),
  };
}
