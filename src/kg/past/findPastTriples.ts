import type { Keyset } from "../queries/keyset.ts";
import { makePage, readWindow } from "../queries/page.ts";
import type {
  AsOfRevision,
  EntityId,
  Page,
  PageArguments,
  Queryable,
  Revision,
  Triple,
  TripleId,
} from "../types.ts";
import { findImages } from "./findImages.ts";
import { readTripleImage } from "./readImage.ts";

const BY_ID: Keyset = { name: "triples.past", columns: [{ sql: "t.id", type: "bigint" }] };
const BATCH = 500;

// Triples that touch an entity, or ever did: each has a row of the log from when it was written with that end.
// Indexes triple_head, triple_tail, change_row_head and change_row_tail.
const NEAR = `
  select id::text from (
    select id from triple where head_id = $1 or tail_id = $1
    union select subject_id from change_row where subject = 'triple' and (head_id = $1 or tail_id = $1)) near
   where near.id > $2 order by near.id limit $3`; // qualified: the bare name is the text
// Triples of now, and those that were touched since. Indexes triple_pkey and change_row_history.
const ANY = `
  select id::text from (
    (select id from triple where id > $2 order by id limit $3)
    union
    (select distinct subject_id from change_row
      where subject = 'triple' and subject_id > $2 and revision > $1::bigint order by subject_id limit $3)) any_of
   order by any_of.id limit $3`;

/**
 * Finds a page of the triples that were there at a revision and that `matches`, in the order of their ids. `near`
 * names an end that they all have. Reads in batches until the page is full.
 */
export async function findPastTriples(
  db: Queryable,
  asked: {
    readonly near: EntityId | null;
    readonly revision: Revision;
    readonly matches: (triple: Triple) => boolean;
  },
  page: PageArguments,
): Promise<Page<Triple & AsOfRevision>> {
  const { near, revision, matches } = asked;
  const window = readWindow({ first: page.first, after: page.after }, BY_ID);
  const found: (Triple & AsOfRevision)[] = [];
  let after: TripleId = window.after?.[0] ?? "0";
  for (;;) {
    const rows = await db.query<{ id: TripleId }>(near === null ? ANY : NEAR, [
      near ?? revision,
      after,
      BATCH,
    ]);
    const ids = rows.map(({ id }) => id);
    const images = await findImages(db, { subject: "triple", revision }, ids);
    for (const id of ids) {
      const image = images.get(id);
      const triple = image && readTripleImage(image, revision);
      if (triple && matches(triple)) found.push(triple);
    }
    if (ids.length < BATCH || found.length > window.size) break;
    after = ids[ids.length - 1];
  }
  const positioned = found
    .slice(0, window.size + 1)
    .map((triple) => ({ triple, position: [triple.id] as const }));
  return makePage(positioned, window, ({ triple }) => triple);
}
