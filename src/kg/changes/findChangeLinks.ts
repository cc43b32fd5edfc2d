import type { ChangeLinks, Queryable, Revision } from "../types.ts";
import { FIRST_PREVIOUS } from "./chain/hashChange.ts";

// Indexes change_hash_pkey, change_revert_pkey, change_revert_reverts.
const LINKS = `
  select asked.revision, encode(h.hash, 'hex') as hash,
         case when asked.revision = 1 then $2 else encode(p.hash, 'hex') end as "previousHash", v.reverts,
         (select max(b.revision) from change_revert b where b.reverts = asked.revision) as "revertedBy"
    from unnest($1::bigint[]) as asked(revision)
    left join change_hash h on h.revision = asked.revision
    left join change_hash p on p.revision = asked.revision - 1
    left join change_revert v on v.revision = asked.revision`;

/** Finds the hashes of changes, and the reverts that link them. One statement. */
export async function findChangeLinks(
  db: Queryable,
  revisions: readonly Revision[],
): Promise<Map<Revision, ChangeLinks>> {
  const rows = await db.query<ChangeLinks & { readonly revision: Revision }>(LINKS, [
    revisions,
    FIRST_PREVIOUS,
  ]);
  return new Map(rows.map(({ revision, ...links }) => [revision, links]));
}
