import { findEntitiesByIds } from "../queries/findEntitiesByIds.ts";
import { findEntitiesByKeys } from "../queries/findEntitiesByKeys.ts";
import { findRelation } from "../queries/findRelation.ts";
import { findRelationsByIds } from "../queries/findRelationsByIds.ts";
import type { Entity, NewTriple, Problem, Queryable, Relation, Triple } from "../types.ts";
import { problem, shown } from "./problem.ts";

/** What a new triple joins. */
export interface TripleEnds {
  readonly head: Entity;
  readonly relation: Relation;
  readonly tail: Entity;
}

// Of a symmetric relation the mirrored triple is the same statement; index triple_head, both ways.
const EXISTING = `
  select id, rank from triple where (head_id, relation_id, tail_id) = ($1, $2, $3)
     or ($4 and (head_id, relation_id, tail_id) = ($3, $2, $1))`;
// Indexes triple_head and triple_tail.
const CROWDED = `
  select near.id from unnest($1::bigint[]) as near(id)
   where (select count(*) from triple where relation_id = $2 and rank <> 'DEPRECATED'
            and (head_id = near.id or ($3 and tail_id = near.id))) >= $4`;

/** Finds what a triple of the graph joins. */
export async function findEnds(
  db: Queryable,
  { headId, relationId, tailId }: Pick<Triple, "headId" | "relationId" | "tailId">,
): Promise<TripleEnds> {
  const relation = (await findRelationsByIds(db, [relationId])).get(relationId)!;
  const entities = await findEntitiesByIds(db, [headId, tailId]);
  return { head: entities.get(headId)!, relation, tail: entities.get(tailId)! };
}

/** Finds what a new triple joins, or all the problems why it does not fit. */
export async function findFit(
  db: Queryable,
  input: NewTriple,
): Promise<TripleEnds | { readonly problems: readonly Problem[] }> {
  const relation = await findRelation(db, input.relation);
  const entities = await findEntitiesByKeys(db, [input.head, input.tail]);
  const [head, tail] = [entities.get(input.head), entities.get(input.tail)];
  if (!relation || !head || !tail) {
    const unknown = (code: "UNKNOWN_RELATION" | "UNKNOWN_ENTITY", field: "head" | "relation" | "tail") =>
      problem(
        code,
        field,
        `${field} is ${shown(input[field])}; expected the key of a known ${field === "relation" ? "relation" : "entity"}`,
      );
    return {
      problems: [
        ...(head ? [] : [unknown("UNKNOWN_ENTITY", "head")]),
        ...(relation ? [] : [unknown("UNKNOWN_RELATION", "relation")]),
        ...(tail ? [] : [unknown("UNKNOWN_ENTITY", "tail")]),
      ],
    };
  }
  const ends = { head, relation, tail };
  const problems = [
    ...checkTypes(ends),
    ...(await checkExisting(db, ends)),
    ...(input.rank === "DEPRECATED" ? [] : await checkCardinality(db, ends)),
  ];
  return problems.length > 0 ? { problems } : ends;
}

function checkTypes({ head, relation, tail }: TripleEnds): Problem[] {
  const misfit = (entity: Entity, allowed: readonly string[] | null) =>
    allowed !== null && !allowed.includes(entity.type);
  const message = (field: string, entity: Entity, allowed: readonly string[] | null) =>
    `${field} ${shown(entity.key)} has the type ${shown(entity.type)}; ` +
    `${shown(relation.key)} expects one of ${(allowed ?? []).join(", ")}`;
  const problems: Problem[] = [];
  if (misfit(head, relation.domain)) {
    problems.push(problem("DOMAIN_VIOLATION", "head", message("head", head, relation.domain)));
  }
  if (misfit(tail, relation.range)) {
    problems.push(problem("RANGE_VIOLATION", "tail", message("tail", tail, relation.range)));
  }
  return problems;
}

async function checkExisting(db: Queryable, { head, relation, tail }: TripleEnds): Promise<Problem[]> {
  const ids = [head.id, relation.id, tail.id];
  const [existing] = await db.query<{ id: string; rank: string }>(EXISTING, [...ids, relation.symmetric]);
  if (!existing) return [];
  const message =
    `${shown(head.key)} ${relation.label} ${shown(tail.key)} is in the graph already, ` +
    `as triple ${existing.id} (${existing.rank}); expected a new triple`;
  return [problem("TRIPLE_EXISTS", null, message)];
}

/** The problem of a head that has no room for one triple more; a symmetric relation counts for both of its ends. */
export async function checkCardinality(
  db: Queryable,
  { head, relation, tail }: TripleEnds,
): Promise<Problem[]> {
  const { maxPerHead, symmetric } = relation;
  if (maxPerHead === null) return [];
  const near = symmetric ? [head.id, tail.id] : [head.id];
  const crowded = await db.query<{ id: string }>(CROWDED, [near, relation.id, symmetric, maxPerHead]);
  return crowded.slice(0, 1).map(({ id }) => {
    const [field, entity] = id === head.id ? ["head", head] : ["tail", tail];
    const message =
      `${field} ${shown((entity as Entity).key)} has ${maxPerHead} ${shown(relation.key)} already; ` +
      `expected at most ${maxPerHead}: retract or deprecate one first`;
    return problem("CARDINALITY_VIOLATION", field as string, message);
  });
}
