import type { Database } from "../database.ts";
import { ENTITY_COLUMNS, readEntity } from "../tables/entity.ts";
import type { EditOptions, EditResult, Entity, NewEntity, Problem, Queryable } from "../types.ts";
import { checkKey, checkObject, checkText, invalid, SHORT_TEXT } from "./checks.ts";
import { problem, shown } from "./problem.ts";
import { runEdit, type Written } from "./runEdit.ts";

const MOST_ALIASES = 200; // the search document of an entity has to stay below 1 MB
const LONGEST_DESCRIPTION = 100_000;

// A key that is taken, by a merged entity too, inserts nothing; index entity_key_key.
const INSERT = `
  insert into entity as e (key, type, name, aliases, description, attributes, is_item)
  values ($1, $2, $3, $4::text[], $5, $6::jsonb, $7)
  on conflict (key) do nothing returning ${ENTITY_COLUMNS}`;

/** Creates an entity under a key that is free. */
export function createEntity(
  db: Database,
  input: NewEntity,
  options: EditOptions,
): Promise<EditResult<Entity>> {
  return runEdit(db, options, {
    kind: "create_entity",
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
  if (rows.length === 1) return { value: readEntity(rows[0]) };
  const message = `the key ${shown(input.key)} is taken; expected a key that no entity has`;
  return { problems: [problem("KEY_TAKEN", "key", message)] };
}

/** The problems of a new entity that are seen without the graph. */
export function checkEntity({ key, type, name, aliases, description, attributes }: NewEntity): Problem[] {
  return [
    ...checkKey(key, "key"),
    ...checkText(type, "type", SHORT_TEXT),
    ...checkText(name, "name"),
    ...((aliases ?? []).length > MOST_ALIASES ? invalid("aliases", aliases, `at most ${MOST_ALIASES}`) : []),
    ...(aliases ?? []).flatMap((alias, i) => checkText(alias, `aliases.${i}`)),
    ...(description ? checkText(description, "description", LONGEST_DESCRIPTION) : []),
    ...(attributes == null ? [] : checkObject(attributes, "attributes")),
  ];
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
