import { readTriple, TRIPLE_COLUMNS } from "../../tables/triple.ts";
import type { EntityId, Merged, Queryable, Triple } from "../../types.ts";
import { combineTriples } from "./combineTriples.ts";

// Where each triple of the entities leads after the merge. $1 the survivor, $2 the merged ones, $3 all of them.
// Indexes triple_head and triple_tail. Of a symmetric relation the mirrored triple is the same statement.
const CLASHES = `
  with touched as (
    select t.*, r.is_symmetric, case when t.head_id = any($2) then $1 else t.head_id end as h,
           case when t.tail_id = any($2) then $1 else t.tail_id end as l
      from triple t join relation r on r.id = t.relation_id
     where t.head_id = any($3) or t.tail_id = any($3)
  ), placed as (
    select *, h = l and head_id <> tail_id as is_loop, h <> head_id or l <> tail_id as moves,
           case when is_symmetric then least(h, l) else h end as one,
           case when is_symmetric then greatest(h, l) else l end as other
      from touched
  ), grouped as (
    select *, bool_or(moves) over same as moved, count(*) filter (where not is_loop) over same as equals
      from placed window same as (partition by relation_id, one, other)
  )
  select ${TRIPLE_COLUMNS}, is_loop as "isLoop", moves, dense_rank() over (order by relation_id, one, other)::int as place
    from grouped t where is_loop or (moved and equals > 1) order by t.id`;
const DELETE = "delete from triple where id = any($1::bigint[])";
const HEAD = "case when t.head_id = any($2::bigint[]) then $1::bigint else t.head_id end";
const TAIL = "case when t.tail_id = any($2::bigint[]) then $1::bigint else t.tail_id end";
const COMBINE = `
  update triple t set head_id = ${HEAD}, tail_id = ${TAIL}, confidence = c.confidence, qualifiers = c.qualifiers,
         sources = c.sources, revision = c.revision
    from unnest($3::bigint[], $4::real[], $5::jsonb[], $6::jsonb[], $7::integer[])
      as c(id, confidence, qualifiers, sources, revision)
   where t.id = c.id`;
const MOVE = `
  with moved as (
    update triple t set head_id = ${HEAD}, tail_id = ${TAIL}, revision = t.revision + 1
     where (t.head_id = any($2::bigint[]) or t.tail_id = any($2::bigint[])) and not t.id = any($3::bigint[])
    returning 1)
  select count(*)::int as count from moved`;

/** A triple that cannot simply move: with it go all that would be the same statement. */
interface Clash extends Triple {
  readonly isLoop: boolean;
  readonly moves: boolean;
  readonly place: number;
}

/**
 * Moves the triples of merged entities to the survivor, in at most four statements. Triples that become the same
 * statement are combined, see `combineTriples`; one between two of the merged entities would lead from the survivor
 * to itself and is dropped, while one that led from an entity to itself before stays.
 */
export async function moveTriples(
  tx: Queryable,
  into: EntityId,
  from: readonly EntityId[],
): Promise<Omit<Merged, "entity">> {
  const clashes = await tx.query<Clash>(CLASHES, [into, from, [into, ...from]]);
  const loops = clashes.filter(({ isLoop }) => isLoop);
  const groups = new Map<number, Clash[]>();
  for (const clash of clashes) {
    if (!clash.isLoop) groups.set(clash.place, [...(groups.get(clash.place) ?? []), clash]);
  }
  const combined = [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => combineTriples(group.toSorted(byClaim).map(readTriple)));
  const gone = [...loops, ...combined.flatMap(({ gone }) => gone)].map(({ id }) => id);
  if (gone.length > 0) await tx.query(DELETE, [gone]);
  const kept = combined.map(({ kept }) => kept);
  if (kept.length > 0) await tx.query(COMBINE, [into, from, ...columnsOf(kept)]);
  const [{ count }] = await tx.query<{ count: number }>(MOVE, [into, from, kept.map(({ id }) => id)]);
  const moving = new Set(clashes.filter(({ moves }) => moves).map(({ id }) => id));
  return {
    triplesMoved: count + kept.filter(({ id }) => moving.has(id)).length,
    triplesCombined: gone.length - loops.length,
    loopsDropped: loops.length,
  };
}

/** The survivor's own statement comes first, then what is live, then what is older. */
function byClaim(a: Clash, b: Clash): number {
  const deprecated = ({ rank }: Clash) => Number(rank === "DEPRECATED");
  return Number(a.moves) - Number(b.moves) || deprecated(a) - deprecated(b) || Number(a.id) - Number(b.id);
}

function columnsOf(triples: readonly Triple[]): unknown[] {
  return [
    triples.map(({ id }) => id),
    triples.map(({ confidence }) => confidence),
    triples.map(({ qualifiers }) => JSON.stringify(qualifiers)),
    triples.map(({ sources }) => JSON.stringify(sources)),
    triples.map(({ revision }) => revision),
  ];
}
