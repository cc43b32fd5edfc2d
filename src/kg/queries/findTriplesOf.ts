import type { Direction, EntityId, Page, Queryable, Triple, TriplesOfArguments } from "../types.ts";
import { isBeyond, type Keyset, type KeysetColumn, orderBy } from "./keyset.ts";
import { makePage, type PageWindow, type Positioned, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { type SelectedRow, selectTriples } from "./selectTriples.ts";
import { comparable } from "./values.ts";

const COLUMNS: readonly KeysetColumn[] = [
  { sql: "side", type: "bigint" }, // 0: the entity is the head, 1: the tail
  { sql: `"relationId"`, type: "bigint" },
  { sql: "other", type: "bigint" }, // the entity at the other end
];
const SIDES = [
  { own: "head_id", other: "tail_id", index: "triple_head" },
  { own: "tail_id", other: "head_id", index: "triple_tail" },
] as const;
type Side = 0 | 1;

/**
 * Finds, for each of `ids`, a page of the triples that leave it, then of those that enter it, by relation and
 * neighbour; deprecated ones too. One statement for all. Each branch has its own order and limit: an outer
 * `order by` would read a hub's every triple. A triple from an entity to itself shows once.
 * @throws {DomainError} BAD_USER_INPUT for bad page arguments
 */
export async function findTriplesOf(
  db: Queryable,
  ids: readonly EntityId[],
  args: TriplesOfArguments,
): Promise<Map<EntityId, Page<Triple>>> {
  const window = readWindow(args, tripleKeyset(args.direction));
  const parameters = new Parameters();
  const seeds = parameters.add(ids, "bigint[]");
  const branches = branchesSql({ args, window, parameters });
  const { read } = selectTriples(args.select);
  const found = new Map<EntityId, (FoundRow & Positioned)[]>(ids.map((id) => [id, []]));
  if (branches.length > 0) {
    const rows = await db.query<FoundRow>(
      `select seed.id as seed, page.* from unnest(${seeds}) as seed(id)
         cross join lateral (
           select * from (${branches.join(" union all ")}) sides
            order by ${orderBy(COLUMNS, window.fromEnd)} limit ${parameters.add(window.size + 1, "integer")}
         ) page order by seed.id, ${orderBy(COLUMNS, window.fromEnd)}`,
      parameters.values,
      { prepared: true }, // it walks an index from each seed, whoever the seeds are
    );
    for (const row of rows) found.get(row.seed)!.push({ ...row, position: positionOf(row) });
  }
  return new Map([...found].map(([id, rows]) => [id, makePage(rows, window, read)]));
}

interface FoundRow extends SelectedRow {
  readonly seed: EntityId;
  readonly side: Side;
  readonly other: EntityId;
}

function positionOf({ side, relationId, other }: FoundRow): readonly string[] {
  return [String(side), String(relationId), other];
}

const KEYSETS: Readonly<Record<Direction, Keyset>> = {
  OUT: { name: "triplesOf.OUT", columns: COLUMNS },
  IN: { name: "triplesOf.IN", columns: COLUMNS },
  BOTH: { name: "triplesOf.BOTH", columns: COLUMNS },
};

/** The order of the triples of one entity. */
export function tripleKeyset(direction: Direction): Keyset {
  return KEYSETS[direction];
}

interface Branches {
  readonly args: TriplesOfArguments;
  readonly window: PageWindow;
  readonly parameters: Parameters;
}

/** One bounded subquery per side that the page reaches into. */
function branchesSql(branches: Branches): string[] {
  const { direction } = branches.args;
  const sides: Side[] = direction === "OUT" ? [0] : direction === "IN" ? [1] : [0, 1];
  return sides.flatMap((side) => branchSql(side, branches) ?? []);
}

function branchSql(side: Side, { args, window, parameters }: Branches): string | null {
  const { own, other, index } = SIDES[side];
  const columns: KeysetColumn[] = [
    { sql: "t.relation_id", type: "bigint" },
    { sql: `t.${other}`, type: "bigint" },
  ];
  const conditions = [`t.${own} = seed.id`];
  if (args.direction === "BOTH" && side === 1) conditions.push("t.head_id <> t.tail_id");
  for (const bound of ["after", "before"] as const) {
    const position = window[bound];
    if (!position) continue;
    const [cut, ...values] = [Number(position[0]), ...position.slice(1)];
    if (side === cut) conditions.push(isBeyond(columns, values as string[], { side: bound, parameters }));
    else if (side < cut === (bound === "after")) return null;
  }
  const columnsSql = `select ${side} as side, t.${other} as other, ${selectTriples(args.select).sql}`;
  const order = `order by ${orderBy(columns, window.fromEnd)} limit ${parameters.add(window.size + 1, "integer")}`;
  const where = (more: readonly string[]) => `from triple t where ${[...conditions, ...more].join(" and ")}`;
  if (args.relations == null) return `(${columnsSql} ${where([])} ${order} /* index ${index} */)`;
  // Relation by relation, because an index gives no order behind a list of relations.
  const wanted = parameters.add(args.relations.map(comparable), "text[]");
  return `(select of_relation.* from relation wanted
    cross join lateral (${columnsSql} ${where(["t.relation_id = wanted.id"])} ${order} /* index ${index} */) of_relation
    where wanted.key = any(${wanted}))`;
}
