import { findEntitiesByIds } from "../queries/findEntitiesByIds.ts";
import { findRelationsByIds } from "../queries/findRelationsByIds.ts";
import { readShape, SHAPE_COLUMNS } from "../tables/shape.ts";
import type { EntityId, Queryable, Relation, RelationId, Shape, ShapeBreach, Triple } from "../types.ts";
import { type ShapeRule, shapeBreachesSql, type TripleBreach } from "./shapeRules.ts";

type Ends = Pick<Triple, "id" | "headId" | "relationId" | "tailId">;

// The entity whose triples of the shape have become more, or fewer, by one of relation $2 from $3 to $4.
const COUNTED = `s.relation_id = $2 and e.id = any(array[$3, $4]::bigint[])
  and (r.is_symmetric or e.id = case when s.direction = 'OUT' then $3::bigint else $4::bigint end)`;
const LOOKED_AT = "e.id = any(array[$3, $4]::bigint[]) and (seen.id = $1 or s.inverse_id = $2)";
const ADDED = [
  shapeBreachesSql("MAX", COUNTED),
  shapeBreachesSql("TYPE", `s.relation_id = $2 and ${LOOKED_AT}`),
  shapeBreachesSql("INVERSE", `(s.relation_id = $2 or s.inverse_id = $2) and ${LOOKED_AT}`),
].join(" union all ");
const REMOVED = shapeBreachesSql("MIN", `s.relation_id = any($1::integer[]) and e.id = any($2::bigint[])`);
const NEAR = `(select tail_id from triple where head_id = $1 union all select head_id from triple where tail_id = $1)`;
const AROUND = [
  ...(["MIN", "MAX", "TYPE", "INVERSE"] as const).map((rule) => shapeBreachesSql(rule, "e.id = $1")),
  shapeBreachesSql("TYPE", `e.id <> $1 and seen.other_id = $1 and e.id in ${NEAR}`),
].join(" union all ");
const SHAPES = `select ${SHAPE_COLUMNS} from shape s where s.id = any($1::integer[])`;

/** Finds the shapes that a new triple breaks. One statement where it breaks none. */
export async function findAdditionBreaches(
  db: Queryable,
  { id, relationId, headId, tailId }: Ends,
): Promise<ShapeBreach[]> {
  return tell(db, await db.query<TripleBreach>(ADDED, [id, relationId, headId, tailId]));
}

/** Finds the shapes that lack a triple since some were taken away. At most one statement where none does. */
export async function findRemovalBreaches(
  db: Queryable,
  removed: readonly Pick<Triple, "headId" | "relationId" | "tailId">[],
): Promise<ShapeBreach[]> {
  if (removed.length === 0) return [];
  const relations: RelationId[] = [...new Set(removed.map(({ relationId }) => relationId))];
  const ends: EntityId[] = [...new Set(removed.flatMap(({ headId, tailId }) => [headId, tailId]))];
  return tell(db, await db.query<TripleBreach>(REMOVED, [relations, ends]));
}

/** Finds the shapes that an entity breaks with its triples, and its neighbours by its type. */
export async function findBreachesAround(db: Queryable, id: EntityId): Promise<ShapeBreach[]> {
  return tell(db, await db.query<TripleBreach>(AROUND, [id]));
}

/** Puts breaches into words; two more statements per page of them, none where there are none. */
export async function tell(db: Queryable, breaches: readonly TripleBreach[]): Promise<ShapeBreach[]> {
  if (breaches.length === 0) return [];
  const rows = await db.query<Shape>(SHAPES, [[...new Set(breaches.map(({ shapeId }) => shapeId))]]);
  const shapes = new Map(rows.map((row) => [row.id, readShape(row)]));
  const named = rows
    .flatMap(({ relationId, inverseId }) => [relationId, inverseId])
    .filter((id) => id !== null);
  const relations = await findRelationsByIds(db, named);
  const entities = await findEntitiesByIds(db, [...new Set(breaches.map(({ entityId }) => entityId))]);
  return breaches.map((breach) => {
    const shape = shapes.get(breach.shapeId)!;
    const key = entities.get(breach.entityId)?.key ?? breach.entityId;
    const { entityId, tripleId } = breach;
    return { shape, entityId, tripleId, message: describe(breach, { shape, key, relations }) };
  });
}

const WORDS: Readonly<Record<ShapeRule, (shape: Shape, count: number, inverse: string) => string>> = {
  MIN: ({ minCount }, count) => `${triples(count)}; expected at least ${minCount}`,
  MAX: ({ maxCount }, count) => `${triples(count)}; expected at most ${maxCount}`,
  TYPE: ({ nodeTypes }) => `a triple with something else than ${nodeTypes!.join(", ")} at the other end`,
  INVERSE: (_shape, _count, inverse) =>
    `a triple that is stated by ${inverse} already; expected one of the two`,
};

function describe(
  { rule, count }: TripleBreach,
  names: {
    readonly shape: Shape;
    readonly key: string;
    readonly relations: ReadonlyMap<RelationId, Relation>;
  },
): string {
  const { shape, key, relations } = names;
  const relation = relations.get(shape.relationId!)!.key;
  const inverse = shape.inverseId === null ? "" : JSON.stringify(relations.get(shape.inverseId)!.key);
  const way = shape.direction === "IN" ? "incoming " : "";
  return `${JSON.stringify(key)} has of ${way}${JSON.stringify(relation)} ${WORDS[rule](shape, count, inverse)}`;
}

function triples(count: number): string {
  return count === 1 ? "1 triple" : `${count} triples`;
}
