import { columnsSql } from "../tables/lean.ts";
import { TRIPLE_FIELDS } from "../tables/triple.ts";
import type { EntityId, FirstTriples, Page, Relation, RelationId, Triple, TripleEnds } from "../types.ts";
import { tripleKeyset } from "./findTriplesOf.ts";
import { LazyPage } from "./LazyPage.ts";
import { layOutTriples, type NestedTriple, type TripleColumns } from "./layOutTriples.ts";
import { readWindow } from "./page.ts";
import { tripleOrder } from "./tripleOrder.ts";

/** The first triples of an entity, as a statement reads them together with it. */
export interface NestedTriples {
  /**
   * A subquery of an entity named `e` that gives one row: `packed`, a JSON array of the columns of its triples in their
   * order, each null where it has none, and `relations`, the ids of theirs, null where nothing of them is selected.
   */
  readonly sql: string;
  /** What stands for the placeholder in it. */
  readonly limit: number;
  /** Reads what the entity with this id has; `relations` are what its triples name. */
  read(
    columns: TripleColumns | readonly null[],
    id: EntityId,
    relations: ReadonlyMap<RelationId, Relation>,
  ): Page<Triple & TripleEnds>;
}

const SIDES = [
  { own: "head_id", other: "tail_id", index: "triple_head" },
  { own: "tail_id", other: "head_id", index: "triple_tail" },
] as const;
type Side = 0 | 1;

/**
 * Gives the subquery that `findTriplesOf` is for many entities, to be read together with each: bounded on each side
 * before anything is joined, so that a hub costs no more than a leaf. `placeholder` is of their number.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export function nestTriples(of: FirstTriples, placeholder: string): NestedTriples {
  const { size } = readWindow({ first: of.first }, tripleKeyset(of.direction));
  const { columns, joins, Row } = layOutTriples(of);
  const places = `${of.direction === "BOTH" ? "t.side, " : ""}t.relation_id, t.other`; // a constant would be sorted by
  const listed = (column: string) => `array_agg(${column} order by ${places})`;
  const order = tripleOrder(of.direction);
  return {
    sql: `select json_build_array(${columns.map(listed).join(", ")}) as packed,
        ${of.select.relation ? listed("t.relation_id") : "null::integer[]"} as relations
      from (${sidesSql(of, `${placeholder}::integer`)}) t ${joins.join(" ")}`,
    limit: of.more ? size + 1 : size,
    read(columns, id, relations) {
      const length = columns[0]?.length ?? 0;
      const nodes: NestedTriple[] = [];
      for (let at = 0; at < length && at < size; at++) {
        nodes.push(new Row(columns as TripleColumns, at, id, relations));
      }
      return new LazyPage<NestedTriple>(nodes, length > size, order);
    },
  };
}

function sidesSql(of: FirstTriples, limit: string): string {
  if (of.direction !== "BOTH") return sideSql(of.direction === "OUT" ? 0 : 1, of, limit);
  const both = ([0, 1] as const).map((side) => `(${sideSql(side, of, limit)})`);
  return `select * from (${both.join(" union all ")}) t order by side, relation_id, other limit ${limit}`;
}

function sideSql(side: Side, { direction, select, ids }: FirstTriples, limit: string): string {
  const { own, other, index } = SIDES[side];
  const fields = columnsSql(TRIPLE_FIELDS, ids ? ["id", ...select.triple] : select.triple);
  const loops = direction === "BOTH" && side === 1 ? " and t.head_id <> t.tail_id" : ""; // shown as it left
  return `select ${side} as side, t.head_id, t.relation_id, t.tail_id, t.${other} as other${fields && `, ${fields}`}
    from triple t where t.${own} = e.id${loops} order by t.relation_id, t.${other} limit ${limit} /* index ${index} */`;
}
