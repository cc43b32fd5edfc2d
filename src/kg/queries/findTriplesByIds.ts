import { readTriple, TRIPLE_COLUMNS } from "../tables/triple.ts";
import type { Queryable, Triple, TripleId } from "../types.ts";

const BY_IDS = `select ${TRIPLE_COLUMNS} from triple t where t.id = any($1::bigint[])`;

/** Finds triples by id, in one statement. */
export async function findTriplesByIds(
  db: Queryable,
  ids: readonly TripleId[],
): Promise<Map<TripleId, Triple>> {
  const rows = await db.query<Triple>(BY_IDS, [ids], { prepared: true });
  return new Map(rows.map((row) => [row.id, readTriple(row)]));
}
