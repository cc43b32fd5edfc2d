import type { Keyset } from "../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../queries/page.ts";
import { Parameters } from "../queries/parameters.ts";
import { comparable } from "../queries/values.ts";
import { readShape, SHAPE_COLUMNS } from "../tables/shape.ts";
import type { Page, PageArguments, Queryable, Shape } from "../types.ts";

const BY_KEY: Keyset = { name: "shapes", columns: [{ sql: "s.key", type: "text" }] }; // index shape_key_key
const ONE = `select ${SHAPE_COLUMNS} from shape s where s.key = $1`; // index shape_key_key
const OF_TYPES = `
  select ${SHAPE_COLUMNS} from shape s
   where (s.type is null or s.type = any($1::text[])) and ($2 or s.attribute is not null) order by s.key`; // shape_type

/** Finds a page of the shapes, by key. */
export async function findShapes(db: Queryable, page: PageArguments): Promise<Page<Shape>> {
  const window = readWindow(page, BY_KEY);
  const parameters = new Parameters();
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Shape & Positioned>(
    `select ${SHAPE_COLUMNS}, ${position} from shape s
      where ${["true", ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, readShape);
}

/** Finds a shape by its key; null where there is none. */
export async function findShape(db: Queryable, key: string): Promise<Shape | null> {
  const [row] = await db.query<Shape>(ONE, [comparable(key)]);
  return row ? readShape(row) : null;
}

/** Finds the shapes that entities of these types must have; of attributes only, or of triples too. */
export async function findShapesOf(
  db: Queryable,
  types: readonly string[],
  { triples }: { readonly triples: boolean },
): Promise<Shape[]> {
  return (await db.query<Shape>(OF_TYPES, [types, triples])).map(readShape);
}

/** Finds all shapes; curators write them by hand, so they are few. */
export async function findAllShapes(db: Queryable): Promise<Shape[]> {
  return (await db.query<Shape>(`select ${SHAPE_COLUMNS} from shape s order by s.key`)).map(readShape);
}
