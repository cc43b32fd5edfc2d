import type { Keyset } from "../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../queries/page.ts";
import { Parameters } from "../queries/parameters.ts";
import type { ModelRecord, Page, PageArguments, Queryable } from "../types.ts";
import { MODEL_COLUMNS, type ModelRow, toModelRecord } from "./modelRow.ts";

const NEWEST: Keyset = { name: "models", columns: [{ sql: "m.id", type: "bigint", descending: true }] }; // index model_pkey
const BY_IDS = `select ${MODEL_COLUMNS} from model where id = any($1::bigint[])`;

/** Finds a page of the stored models, newest first. */
export async function findModels(db: Queryable, page: PageArguments): Promise<Page<ModelRecord>> {
  const window = readWindow(page, NEWEST);
  const parameters = new Parameters();
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<ModelRow & Positioned>(
    `select ${MODEL_COLUMNS}, ${position} from model m
      where ${["true", ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, toModelRecord);
}

/** Finds stored models by id, in one statement. */
export async function findModelsByIds(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, ModelRecord>> {
  const rows = await db.query<ModelRow>(BY_IDS, [ids]);
  return new Map(rows.map((row) => [row.id, toModelRecord(row)]));
}

/** Finds a stored model; null where there is none with this id. */
export async function findModel(db: Queryable, id: string): Promise<ModelRecord | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  return (await findModelsByIds(db, [id])).get(id) ?? null;
}

const BY_DIGEST = `select ${MODEL_COLUMNS} from model where digest = $1 and config_digest = $2 order by id limit 1`;

/** Finds the oldest stored model with these bytes; null where there is none. Reads all models: they are few. */
export async function findModelByDigest(
  db: Queryable,
  digest: string,
  configDigest: string,
): Promise<ModelRecord | null> {
  const [row] = await db.query<ModelRow>(BY_DIGEST, [digest, configDigest]);
  return row ? toModelRecord(row) : null;
}
