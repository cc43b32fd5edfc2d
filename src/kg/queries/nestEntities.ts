import { ENTITY_FIELDS } from "../tables/entity.ts";
import { packedSql } from "../tables/lean.ts";
import { makePackedClass } from "../tables/packed.ts";
import { RELATION_FIELDS } from "../tables/relation.ts";
import type { Entity, EntityId, NestedSelection, Relation, RelationId, WithTriples } from "../types.ts";
import type { TripleColumns } from "./layOutTriples.ts";
import { nestTriples } from "./nestTriples.ts";

/** An entity as it travels: its id, the columns of its triples, its fields. */
type PackedEntity = readonly [EntityId, TripleColumns | readonly null[], ...unknown[]];
/** The relations that triples name, as they travel: id first. */
type PackedRelations = readonly (readonly [RelationId, ...unknown[]])[] | null;

/** Entities as they travel. */
export interface PackedPage {
  readonly packed: readonly PackedEntity[] | null;
  readonly relations: PackedRelations;
}

/** One entity as it travels. */
export interface PackedOne {
  readonly packed: PackedEntity;
  readonly relations: PackedRelations;
}

/** How entities are read together with their first triples. */
export interface Nesting {
  /** SQL that gives one `PackedPage` of the entities that `from` selects; `$2` is `limit`. */
  pageSql(from: string, order: string): string;
  /** SQL that gives a `PackedOne`, and the columns `more`, of each entity that `from` selects; `$2` is `limit`. */
  eachSql(from: string, more: string): string;
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
  const { sqlOf: relationsSql, read: readRelations } = nestRelations(triples.select.relation);
  const values = ["e.id::text", "near.packed", ...fields.map((field) => ENTITY_FIELDS[field])];
  const packed = `json_build_array(${values.join(", ")})`;
  const near = `cross join lateral (${nested.sql}) near`;
  type Near = NonNullable<WithTriples["firstTriples"]>["page"];
  class NestedEntity extends makePackedClass<Entity>(ENTITY_FIELDS, fields, 2) {
    readonly firstTriples: WithTriples["firstTriples"];

    constructor(packed: PackedEntity, page: Near) {
      super(packed, packed[0]);
      this.firstTriples = { of: triples, page };
    }
  }
  return {
    pageSql: (from, order) => `with listed as (
        select ${packed} as packed, near.relations from (${from}) e ${near} ${order})
      select (select json_agg(packed) from listed) as packed,
        ${relationsSql("in (select unnest(relations) from listed)")} as relations`,
    eachSql: (from, more) => `select ${more}, ${packed} as packed,
        ${relationsSql("= any(near.relations)")} as relations from (${from}) e ${near}`,
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
  if (!selected) return { sqlOf: () => "null::json", read: () => NONE };
  const fields = selected.filter((field) => field !== "id");
  const Named = makePackedClass<Relation>(RELATION_FIELDS, fields, 1);
  return {
    sqlOf: (named: string) =>
      `(select json_agg(${packedSql(RELATION_FIELDS, ["id", ...fields])}) from relation r where r.id ${named})`,
    read: (packed: PackedRelations) =>
      new Map((packed ?? []).map((values) => [values[0], new Named(values, values[0])])),
  };
}
