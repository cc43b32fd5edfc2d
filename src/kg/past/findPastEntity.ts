import { comparable, isBigint } from "../queries/values.ts";
import type { AsOfRevision, Entity, EntityBy, EntityId, Queryable, Revision } from "../types.ts";
import { findImages } from "./findImages.ts";
import { readEntityImage } from "./readImage.ts";

// A key stays with its entity for life; another entity may have had it before. Indexes entity_key_key and
// change_row_deleted_key.
const IDS_OF_KEY = `
  select id::text from entity where key = $1
  union select subject_id::text from change_row where subject = 'entity' and after is null and before->>'key' = $1`;
const LONGEST_CHAIN = 100;

/** Finds an entity as it was at a revision; one that was merged by then leads to the one that survived. */
export async function findPastEntity(
  db: Queryable,
  by: EntityBy,
  revision: Revision,
): Promise<(Entity & AsOfRevision) | null> {
  for (const id of "id" in by ? [by.id] : await findIds(db, by.key)) {
    const found = await followTo(db, id, revision);
    if (found) return found;
  }
  return null;
}

async function findIds(db: Queryable, key: string): Promise<EntityId[]> {
  return (await db.query<{ id: EntityId }>(IDS_OF_KEY, [comparable(key)])).map(({ id }) => id);
}

async function followTo(
  db: Queryable,
  id: EntityId,
  revision: Revision,
): Promise<(Entity & AsOfRevision) | null> {
  let next: EntityId | null = isBigint(id) ? id : null;
  for (let hops = 0; next !== null && hops < LONGEST_CHAIN; hops++) {
    const images = await findImages(db, { subject: "entity", revision }, [next]);
    const image = images.get(next);
    if (!image) return null;
    const entity = readEntityImage(image, revision);
    if (entity.mergedInto === null) return entity;
    next = entity.mergedInto;
  }
  return null;
}
