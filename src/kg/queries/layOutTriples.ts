import { ENTITY_FIELDS } from "../tables/entity.ts";
import { type InColumns, makeColumnClass, readColumns } from "../tables/packed.ts";
import { TRIPLE_FIELDS } from "../tables/triple.ts";
import type { Entity, EntityId, FirstTriples, Relation, RelationId, Triple, TripleEnds } from "../types.ts";

/** Triples as they travel, column by column: Postgres writes a few long arrays in less time than many short ones. */
export type TripleColumns = readonly (readonly unknown[])[];
export type NestedTriple = Triple & TripleEnds & { readonly side: 0 | 1 };

/** How triples lie in columns. */
interface Layout {
  /** SQL of what lies in each, of triples named `t`; no value is an array, which Postgres could not put into one. */
  readonly columns: readonly string[];
  /** What is to be joined for it. */
  readonly joins: readonly string[];
  /** Reads it; `seed` is the entity that the triples are of. */
  readonly Row: new (
    columns: TripleColumns,
    at: number,
    seed: EntityId,
    relations: ReadonlyMap<RelationId, Relation>,
  ) => NestedTriple;
}

// In these columns lies what every triple has.
const [RELATION, OTHER, SIDE] = [0, 1, 2];
const SHARED = ["t.relation_id", "t.other::text"];

/**
 * Lays out the fields that are selected of triples and of their heads and tails; relations, of which many name the same,
 * are kept apart. An end that was merged into another is left undefined: whoever needs it loads the one that survives.
 */
export function layOutTriples({ direction, ids, select }: FirstTriples): Layout {
  const columns = [...SHARED, ...(direction === "BOTH" ? ["t.side"] : [])];
  const joins: string[] = [];
  const [head, tail] = (["head", "tail"] as const).map((name) => {
    const fields = select[name];
    if (!fields) return null;
    const end = layOutEnd(name, fields, columns.length);
    columns.push(...end.columns);
    joins.push(end.join);
    return end;
  });
  const own: readonly (keyof Triple)[] = ids ? ["id", ...select.triple] : select.triple;
  const start = columns.length;
  columns.push(...own.map((field) => (field === "id" ? "t.id::text" : elementSql(field, `t."${field}"`))));
  const only = direction === "IN" ? 1 : 0;

  class Row implements InColumns {
    constructor(
      readonly columns: TripleColumns,
      readonly at: number,
      private readonly seed: EntityId,
      private readonly relations: ReadonlyMap<RelationId, Relation>,
    ) {}

    get side() {
      return direction === "BOTH" ? (this.columns[SIDE][this.at] as 0 | 1) : only;
    }
    get relationId() {
      return this.columns[RELATION][this.at] as RelationId;
    }
    get headId() {
      return this.side === 0 ? this.seed : (this.columns[OTHER][this.at] as EntityId);
    }
    get tailId() {
      return this.side === 0 ? (this.columns[OTHER][this.at] as EntityId) : this.seed;
    }
    get head() {
      return head?.read(this.columns, this.at, this.headId);
    }
    get tail() {
      return tail?.read(this.columns, this.at, this.tailId);
    }
    get relation() {
      return this.relations.get(this.relationId);
    }
  }
  const apart = ["headId", "relationId", "tailId"] as const;
  readColumns<Triple>(Row.prototype, { columns: TRIPLE_FIELDS, fields: own, start, apart });
  return { columns, joins, Row: Row as unknown as Layout["Row"] };
}

/** Lays out what is selected of one end; a value that no entity lacks tells whether it is there. */
function layOutEnd(name: "head" | "tail", selected: readonly (keyof Entity)[], start: number) {
  const others = selected.filter((field) => field !== "id");
  const sure = others.findIndex((field) => field !== "description" && field !== "mergedInto");
  const End = makeColumnClass<Entity>(ENTITY_FIELDS, others, start);
  const values = others.map((field) => elementSql(field, ENTITY_FIELDS[field]));
  if (sure < 0) values.push("1");
  const mark = start + (sure < 0 ? others.length : sure);
  return {
    columns: values.map((_, i) => `${name}.f${i}`),
    join: `left join lateral (select ${values.map((sql, i) => `${sql} as f${i}`).join(", ")}
      from entity e where e.id = t.${name}_id and e.merged_into is null) ${name} on true`,
    read: (columns: TripleColumns, at: number, id: EntityId): Entity | undefined =>
      columns[mark][at] === null ? undefined : new End(columns, at, id),
  };
}

const ARRAYS: ReadonlySet<keyof Entity | keyof Triple> = new Set(["aliases", "sources"] as const);

/** SQL of a field as an element of a column. */
function elementSql(field: keyof Entity | keyof Triple, sql: string): string {
  return ARRAYS.has(field) ? `to_json(${sql})` : sql;
}
