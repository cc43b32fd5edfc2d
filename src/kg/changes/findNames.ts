import type { JSONObject, Queryable } from "../types.ts";

/** Names by id of entities and relations, also of those that are gone. */
export interface Names {
  readonly entities: ReadonlyMap<string, string>;
  readonly relations: ReadonlyMap<string, string>;
}

/** A row that is to be named, as it is or was. */
export interface NamedRow {
  readonly subject: string;
  readonly id: string;
  readonly image: JSONObject | null;
}

// The name of today, or the last one of what is gone. Indexes entity_pkey, change_row_subject; relation_pkey,
// change_row_history.
const NAMES = `
  select 'entity' as kind, asked.id::text, coalesce(e.name, (
           select coalesce(after, before)->>'name' from change_row where subject = 'entity' and subject_id = asked.id
            order by revision desc, change_row.id desc limit 1)) as name
    from unnest($1::bigint[]) as asked(id) left join entity e on e.id = asked.id
  union all
  select 'relation', asked.id::text, coalesce(r.label, (
           select coalesce(after, before)->>'label' from change_row where subject = 'relation' and subject_id = asked.id
            order by revision desc, change_row.id desc limit 1))
    from unnest($2::bigint[]) as asked(id) left join relation r on r.id = asked.id`;

/** Finds what the names of rows need: those of the entities and relations that triples join, and
 * of what an entity was merged into. One statement. */
export async function findNames(db: Queryable, rows: readonly NamedRow[]): Promise<Names> {
  const entities = new Set<string>();
  const relations = new Set<string>();
  for (const { subject, id, image } of rows) {
    if (subject === "entity" && typeof image?.name !== "string") entities.add(id);
    if (subject === "entity" && image?.merged_into != null) entities.add(String(image.merged_into));
    if (subject === "relation" && typeof image?.label !== "string") relations.add(id);
    if (subject !== "triple" || !image) continue;
    entities.add(String(image.head_id)).add(String(image.tail_id));
    relations.add(String(image.relation_id));
  }
  if (entities.size + relations.size === 0) return { entities: new Map(), relations: new Map() };
  const found = await db.query<{ kind: string; id: string; name: string | null }>(NAMES, [
    [...entities],
    [...relations],
  ]);
  const named = (kind: string) =>
    new Map(found.filter((row) => row.kind === kind).map(({ id, name }) => [id, name ?? `${kind} ${id}`]));
  return { entities: named("entity"), relations: named("relation") };
}

/** Names a row for people: an entity by its name, a relation by its label, a triple as "head –relation→ tail". */
export function nameRow({ subject, id, image }: NamedRow, names: Names): string {
  if (subject === "entity") return text(image?.name) ?? names.entities.get(id) ?? `entity ${id}`;
  if (subject === "relation") return text(image?.label) ?? names.relations.get(id) ?? `relation ${id}`;
  if (subject === "triple" && image) {
    const end = (column: string) => names.entities.get(String(image[column])) ?? `entity ${image[column]}`;
    const relation = names.relations.get(String(image.relation_id)) ?? `relation ${image.relation_id}`;
    return `${end("head_id")} –${relation}→ ${end("tail_id")}`;
  }
  return text(image?.key) ?? text(image?.name) ?? `${subject} ${id}`;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
