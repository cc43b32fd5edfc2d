import type { Database } from "../database.ts";
import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { EditOptions, EditResult, Entity, NewEntity, Problem, Queryable } from "../types.ts";
import { checkEntity } from "./checkEntity.ts";
import { invalid } from "./checks.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";
import { checkNewEntity, judge } from "./shapeProblems.ts";

// A key that is taken, by a merged entity too, inserts nothing; index entity_key_key.
const INSERT = `
  insert into entity as e (key, type, name, aliases, description, attributes, is_item, revision)
  values ($1, $2, $3, $4::text[], $5, $6::jsonb, $7, first_revision('entity', $1))
  on conflict (key) do nothing returning ${ENTITY_COLUMNS}`;

/** Creates an entity under a key that is free. */
export function createEntity(
  db: Database,
  input: NewEntity,
  options: EditOptions,
): Promise<EditResult<Entity>> {
  return runEdit(db, options, {
    kind: "create_entity",
    brief: true,
    input,
    check: () => [...checkEntity(input), ...checkNewness(options)],
    revive: (json) => json,
    write: (tx) => writeEntity(tx, input),
  });
}

/** Writes an entity into an open change, or gives the problem that its key is taken. */
export async function writeEntity(tx: Queryable, input: NewEntity): Promise<Written<Entity>> {
  const rows = await tx.query<Entity>(INSERT, [
    input.key,
    input.type,
    input.name,
    input.aliases ?? [],
    input.description ?? null,
    JSON.stringify(input.attributes ?? {}),
    input.isItem ?? false,
  ]);
  if (rows.length === 1) {
    const entity = readEntity(rows[0]);
    return judge(entity, await checkNewEntity(tx, entity));
  }
  const message = `the key ${shown(input.key)} is taken; expected a key that no entity has`;
  return { problems: [problem("KEY_TAKEN", "key", message)] };
}

/** What does not exist yet has revision 0: any other expectation has been overtaken. */
export function checkNewness({ expectedRevision }: EditOptions): Problem[] {
  if (expectedRevision == null || expectedRevision === 0) return [];
  if (!Number.isInteger(expectedRevision)) {
    return invalid("expectedRevision", expectedRevision, "a whole number");
  }
  const message = `expectedRevision is ${expectedRevision}; what is created here does not exist yet: expected 0 or none`;
  return [problem("REVISION_CONFLICT", "expectedRevision", message)];
}
