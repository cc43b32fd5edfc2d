import type { Database } from "../../database.ts";
import { findBreachesAround } from "../../shapes/findTripleBreaches.ts";
import { ENTITY_COLUMNS, readEntity } from "../../tables/entity.ts";
import type { EditOptions, EditResult, Entity, Merge, Merged, Problem, Queryable } from "../../types.ts";
import { MOST_ALIASES } from "../checkEntity.ts";
import { checkRevision } from "../checkRevision.ts";
import { invalid } from "../checks.ts";
import { findEdited } from "../findEdited.ts";
import { findMisfits } from "../findMisfits.ts";
import { problem, shown } from "../problem.ts";
import { runEdit, type Written } from "../runEdit.ts";
import { checkAltered, judge, shapeProblems } from "../shapeProblems.ts";
import { checkCrowds, findCrowds } from "./crowds.ts";
import { moveTriples } from "./moveTriples.ts";

const MOST_MERGED = 100;

const REDIRECT = "update entity set merged_into = $1, revision = revision + 1 where id = any($2::bigint[])";
const SURVIVE = `
  update entity e set aliases = $2::text[], description = $3, attributes = $4::jsonb, is_item = $5, revision = $6
   where e.id = $1 returning ${ENTITY_COLUMNS}`;

/**
 * Makes several entities one. The merged rows stay, with `merged_into`: their keys and ids lead to the survivor, and
 * so does what users did with them, where it is read. Nothing outside the change log is touched, so a revert of the
 * change brings all of it back. The survivor takes over names as aliases, triples, and what it lacks of description
 * and attributes; what the two say differently stays as the survivor says it.
 */
export function mergeEntities(db: Database, merge: Merge, options: EditOptions): Promise<EditResult<Merged>> {
  return runEdit(db, options, {
    kind: "merge_entities",
    input: merge,
    check: () => checkMerge(merge),
    revive: (json) => json,
    write: (tx) => writeMerge(tx, merge, options),
  });
}

/** Merges entities in an open change, or gives the problems why not. */
export async function writeMerge(
  tx: Queryable,
  merge: Merge,
  options: EditOptions,
): Promise<Written<Merged>> {
  const found = await findMerged(tx, merge);
  if ("problems" in found) return found;
  const { into, from } = found;
  const survivor = unite(into, from);
  const problems = [
    ...checkRevision(`the entity ${shown(into.key)}`, into, options),
    ...(survivor.aliases.length > MOST_ALIASES ? [tooManyAliases(survivor)] : []),
    ...(await findMisfits(tx, from, into)),
  ];
  if (problems.length > 0) return { problems };
  const ids = from.map(({ id }) => id);
  const before = await findCrowds(tx, into);
  const beforehand = await findBreachesAround(tx, into.id);
  const moved = await moveTriples(tx, into.id, ids);
  const crowded = checkCrowds(into, before, await findCrowds(tx, into));
  if (crowded.length > 0) return { problems: crowded };
  await tx.query(REDIRECT, [into.id, ids]);
  const [row] = await tx.query<Entity>(SURVIVE, [
    ...[into.id, survivor.aliases, survivor.description, JSON.stringify(survivor.attributes)],
    ...[survivor.isItem, survivor.revision],
  ]);
  const altered = await checkAltered(tx, into, survivor);
  const around = await findBreachesAround(tx, into.id);
  const known = new Set(beforehand.map(({ message }) => message));
  const fresh = around.filter(({ message }) => !known.has(message));
  return judge({ entity: readEntity(row), ...moved }, [...altered, ...shapeProblems(fresh)]);
}

function checkMerge({ from }: Merge): Problem[] {
  if (from.length >= 1 && from.length <= MOST_MERGED) return [];
  return invalid("from", from, `1 to ${MOST_MERGED} entities`);
}

interface Found {
  readonly into: Entity;
  readonly from: readonly Entity[];
}

async function findMerged(
  tx: Queryable,
  merge: Merge,
): Promise<Found | { readonly problems: readonly Problem[] }> {
  const into = await findEdited(tx, merge.into, "into");
  const problems: Problem[] = "problems" in into ? [...into.problems] : [];
  const from: Entity[] = [];
  for (const [i, by] of merge.from.entries()) {
    const entity = await findEdited(tx, by, `from.${i}`);
    if ("problems" in entity) {
      problems.push(...entity.problems);
    } else if ("id" in into && entity.id === into.id) {
      const message = `from.${i} is ${shown(into.key)}, as into is; expected another entity`;
      problems.push(problem("ENTITY_MERGED", `from.${i}`, message));
    } else if (!from.some(({ id }) => id === entity.id)) from.push(entity);
  }
  return problems.length > 0 || "problems" in into ? { problems } : { into, from };
}

/** What the survivor becomes. Its revision passes all theirs, so that none of them is taken for its own. */
function unite(into: Entity, from: readonly Entity[]): Entity {
  const names = from.flatMap(({ name, aliases }) => [name, ...aliases]);
  return {
    ...into,
    aliases: [...new Set([...into.aliases, ...names])].filter((name) => name !== into.name),
    description: into.description ?? from.find(({ description }) => description)?.description ?? null,
    attributes: Object.assign({}, ...from.toReversed().map(({ attributes }) => attributes), into.attributes),
    isItem: into.isItem || from.some(({ isItem }) => isItem),
    revision: Math.max(into.revision, ...from.map(({ revision }) => revision + 1)) + 1,
  };
}

function tooManyAliases({ key, aliases }: Entity): Problem {
  const message = `${shown(key)} would have ${aliases.length} aliases; expected at most ${MOST_ALIASES}: shorten them first`;
  return problem("INVALID_VALUE", "from", message);
}
