import { RELATION_COLUMNS, readRelation } from "../tables/relation.ts";
import type { Page, PageArguments, Queryable, Relation } from "../types.ts";
import type { Keyset } from "./keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "./page.ts";
import { Parameters } from "./parameters.ts";

const BY_KEY: Keyset = { name: "relations", columns: [{ sql: "r.key", type: "text" }] }; // index relation_key_key

/** Finds a page of the relations, ordered by key. */
export async function findRelations(db: Queryable, page: PageArguments): Promise<Page<Relation>> {
  const window = readWindow(page, BY_KEY);
  const parameters = new Parameters();
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Relation & Positioned>(
    `select ${RELATION_COLUMNS}, ${position} from relation r
      where ${["true", ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, readRelation);
}
