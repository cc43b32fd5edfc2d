import type { JSONObject, Queryable, Revision } from "../types.ts";

export type PastSubject = "entity" | "relation" | "triple";

// What a row was is what the first change after it has found. Indexes change_row_subject for entities,
// change_row_history for the others.
const images = (subject: PastSubject) => `
  select asked.id::text, case when later.revision is null
      then (select to_jsonb(now) from ${subject} now where now.id = asked.id) else later.before::jsonb end as image
    from unnest($1::bigint[]) asked(id)
    left join lateral (
      select revision, before from change_row r
       where r.subject = '${subject}' and r.subject_id = asked.id and r.revision > $2::bigint
       order by r.revision, r.id limit 1) later on true`;
const IMAGES = { entity: images("entity"), relation: images("relation"), triple: images("triple") } as const;

/**
 * Finds rows as they were at a revision, by id, in the change log's words: one statement, one index probe per row.
 * What did not exist then is absent.
 */
export async function findImages(
  db: Queryable,
  { subject, revision }: { readonly subject: PastSubject; readonly revision: Revision },
  ids: readonly string[],
): Promise<Map<string, JSONObject>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; image: JSONObject | null }>(IMAGES[subject], [ids, revision]);
  return new Map(rows.flatMap(({ id, image }) => (image === null ? [] : [[id, image]])));
}
