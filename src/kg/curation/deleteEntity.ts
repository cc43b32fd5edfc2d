import type { Database } from "../database.ts";
import { findRemovalBreaches } from "../shapes/findTripleBreaches.ts";
import type { EditOptions, EditResult, Entity, EntityBy, Problem, Queryable, Triple } from "../types.ts";
import { checkRevision } from "./checkRevision.ts";
import { findEdited } from "./findEdited.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { judge, shapeProblems } from "./shapeProblems.ts";

export interface Deletion {
  readonly by: EntityBy;
  /** Whether its triples, and the entities merged into it, go with it. */
  readonly cascade?: boolean | null;
}

// Whoever was merged into it, over any number of steps, and it itself; index entity_merged_into.
const FAMILY = `
  with recursive family as (
    select id, key from entity where id = $1
    union select e.id, e.key from family join entity e on e.merged_into = family.id)
  select array_agg(id::text) as ids, array_remove(array_agg(key order by key), $2) as keys from family`;
// Indexes triple_head, triple_tail and interaction_item.
const USES = `
  select (select count(*)::int from triple where head_id = any($1) or tail_id = any($1)) as triples,
         (select count(*)::int from interaction where item_id = any($1)) as interactions,
         array(select format('%s %s %s', h.key, r.key, l.key)
                 from (select * from triple where head_id = any($1) or tail_id = any($1) order by id limit 3) t
                 join entity h on h.id = t.head_id join relation r on r.id = t.relation_id
                 join entity l on l.id = t.tail_id order by t.id) as first`;
const DELETE_TRIPLES = `
  delete from triple where head_id = any($1) or tail_id = any($1)
  returning head_id as "headId", relation_id as "relationId", tail_id as "tailId"`;
const DELETE = "delete from entity where id = any($1)";

type Ends = Pick<Triple, "headId" | "relationId" | "tailId">;

interface Uses {
  readonly triples: number;
  readonly interactions: number;
  readonly first: readonly string[];
}

/**
 * Deletes an entity; the value is the entity as it was, and the change log keeps it. Triples and merged entities
 * that lead to it refuse it unless `cascade` takes them along. Interactions always refuse it: they are what users
 * did, no log keeps them, and no revert could bring them back. Whoever wants an item out of the recommendations sets
 * `isItem` to false.
 */
export function deleteEntity(
  db: Database,
  deletion: Deletion,
  options: EditOptions,
): Promise<EditResult<Entity>> {
  return runEdit(db, options, {
    kind: "delete_entity",
    input: deletion,
    check: () => [],
    revive: (json) => json,
    write: (tx) => writeDeletion(tx, deletion, options),
  });
}

/** Deletes an entity in an open change, or gives the problems why not. */
export async function writeDeletion(
  tx: Queryable,
  { by, cascade }: Deletion,
  options: EditOptions,
): Promise<Written<Entity>> {
  const entity = await findEdited(tx, by, "by");
  if ("problems" in entity) return entity;
  const [{ ids, keys }] = await tx.query<{ ids: string[]; keys: string[] }>(FAMILY, [entity.id, entity.key]);
  const [uses] = await tx.query<Uses>(USES, [ids]);
  const problems = [
    ...checkNamed(entity, by),
    ...checkRevision(`the entity ${shown(entity.key)}`, entity, options),
    ...(cascade ? [] : checkTies(entity, uses, keys)),
    ...checkInteractions(entity, uses),
  ];
  if (problems.length > 0) return { problems };
  const removed = uses.triples > 0 ? await tx.query<Ends>(DELETE_TRIPLES, [ids]) : [];
  await tx.query(DELETE, [ids]);
  return judge(entity, shapeProblems(await findRemovalBreaches(tx, removed)));
}

/** A key that leads elsewhere since a merge must not delete what it leads to. */
function checkNamed(entity: Entity, by: EntityBy): Problem[] {
  const [field, asked, own] = "id" in by ? ["id", by.id, entity.id] : ["key", by.key, entity.key];
  if (asked === own) return [];
  const message =
    `the entity of ${field} ${shown(asked)} was merged into ${shown(entity.key)}; ` +
    "expected the survivor by its own name, or a revert of the merge";
  return [problem("ENTITY_MERGED", `by.${field}`, message)];
}

function checkTies(entity: Entity, { triples, first }: Uses, merged: readonly string[]): Problem[] {
  const name = shown(entity.key);
  const some = `${first.join("; ")}${triples > first.length ? "; …" : ""}`;
  const tied = `${name} has ${count(triples, "triple")} (${some}); expected none, or cascade: true`;
  const survived = `${name} is what ${list(merged)} became by a merge; expected cascade: true to delete that too`;
  return [
    ...(triples > 0 ? [problem("ENTITY_IN_USE", "cascade", tied)] : []),
    ...(merged.length > 0 ? [problem("ENTITY_IN_USE", "cascade", survived)] : []),
  ];
}

function checkInteractions({ key }: Entity, { interactions }: Uses): Problem[] {
  if (interactions === 0) return [];
  const message =
    `users have ${count(interactions, "interaction")} with ${shown(key)}, which no revert could bring back; ` +
    "expected none: set isItem to false, or merge it into another one";
  return [problem("ENTITY_IN_USE", "by", message)];
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function list(keys: readonly string[]): string {
  return keys.slice(0, 3).map(shown).join(", ") + (keys.length > 3 ? ` and ${keys.length - 3} more` : "");
}
