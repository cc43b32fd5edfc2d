import { isDeepStrictEqual } from "node:util";
import type { Database } from "../database.ts";
import { findBreachesAround } from "../shapes/findTripleBreaches.ts";
import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { EditOptions, EditResult, Entity, EntityBy, EntityPatch, Queryable } from "../types.ts";
import { checkEntityPatch } from "./checkEntity.ts";
import { checkRevision } from "./checkRevision.ts";
import { findEdited } from "./findEdited.ts";
import { findMisfits } from "./findMisfits.ts";
import { marked } from "./marked.ts";
import { patchColumn } from "./mergePatch.ts";
import { shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { checkAltered, judge, shapeProblems } from "./shapeProblems.ts";

const UPDATE = `
  update entity e set type = $2, name = $3, aliases = $4::text[], description = $5, attributes = $6::jsonb,
         is_item = $7, revision = e.revision + 1
   where e.id = $1 returning ${ENTITY_COLUMNS}`;

/** Alters an entity; its key stays. A new type must suit the relations of its triples. */
export function updateEntity(
  db: Database,
  { by, patch }: { readonly by: EntityBy; readonly patch: EntityPatch },
  options: EditOptions,
): Promise<EditResult<Entity>> {
  return runEdit(db, options, {
    kind: "update_entity",
    brief: true,
    input: { by, patch: marked(patch) },
    check: () => checkEntityPatch(patch),
    revive: (json) => json,
    write: (tx) => writeEntityPatch(tx, { by, patch }, options),
  });
}

/** Alters an entity in an open change, or gives the problems why not. */
export async function writeEntityPatch(
  tx: Queryable,
  { by, patch }: { readonly by: EntityBy; readonly patch: EntityPatch },
  options: EditOptions,
): Promise<Written<Entity>> {
  const entity = await findEdited(tx, by, "by");
  if ("problems" in entity) return entity;
  const problems = checkRevision(`the entity ${shown(entity.key)}`, entity, options);
  return problems.length > 0 ? { problems } : update(tx, entity, applyPatch(entity, patch));
}

async function update(tx: Queryable, before: Entity, after: Entity): Promise<Written<Entity>> {
  if (isDeepStrictEqual(before, after)) return { value: before, unchanged: true };
  const [row] = await tx.query<Entity>(UPDATE, [
    ...[after.id, after.type, after.name, after.aliases, after.description],
    ...[JSON.stringify(after.attributes), after.isItem],
  ]);
  const problems = [...(await findMisfits(tx, [before], after)), ...(await checkAltered(tx, before, after))];
  const around = before.type === after.type ? [] : await findBreachesAround(tx, after.id);
  return judge(readEntity(row), [...problems, ...shapeProblems(around)]);
}

function applyPatch(entity: Entity, patch: EntityPatch): Entity {
  const { type, name, aliases, description, attributes, isItem } = patch;
  return {
    ...entity,
    type: type ?? entity.type,
    name: name ?? entity.name,
    aliases: aliases === undefined ? entity.aliases : (aliases ?? []),
    description: description === undefined ? entity.description : description || null,
    attributes: patchColumn(entity.attributes, attributes),
    isItem: isItem ?? entity.isItem,
  };
}
