import type pg from "pg";
import type { Database } from "../database.ts";
import type { Queryable } from "../types.ts";
import { assertRecord } from "./assertRecord.ts";
import { BadRow } from "./badRow.ts";
import { findFormat, findSource, type Source } from "./findSource.ts";
import { type MergeResult, mergeStage } from "./merge/mergeStage.ts";
import { planLayout } from "./readers/planLayout.ts";
import { planMovielens } from "./readers/planMovielens.ts";
import { planRdf } from "./readers/planRdf.ts";
import { planRecbole } from "./readers/planRecbole.ts";
import { planTable } from "./readers/planTable.ts";
import { Rejects } from "./rejects.ts";
import { Stage } from "./stage.ts";
import type {
  ImportFormat,
  ImportOptions,
  ImportProgress,
  ImportRecord,
  ImportResult,
  ReadPlan,
  SourceRow,
} from "./types.ts";

const PLANS: Readonly<
  Record<ImportFormat, (source: Source, options: ImportOptions) => ReadPlan | Promise<ReadPlan>>
> = {
  layout: planLayout,
  recbole: planRecbole,
  movielens: planMovielens,
  rdf: planRdf,
  table: planTable,
};

type OnProgress = (progress: ImportProgress) => void;

/**
 * Imports a folder or a file into the graph. Records stream into temporary tables by COPY, with memory that
 * does not grow with the source; then one transaction merges them. So whatever ends the import early leaves
 * nothing behind, and importing twice is importing once: no change, no row rewritten. A bad row goes to the
 * rejects file and the rest goes on. Nothing is ever deleted.
 * @throws {DomainError} BAD_USER_INPUT where a file as a whole cannot be read; nothing is imported then
 */
export async function importData(
  db: Database,
  options: ImportOptions,
  onProgress: OnProgress = () => undefined,
): Promise<ImportResult> {
  const started = performance.now();
  const source = await findSource(options.path, options.rejects);
  const format = findFormat(source, options);
  const plan = await PLANS[format](source, options);
  const rejects = new Rejects(options.rejects);
  const [stage, merged] = await db.withClient(async (client) => {
    const stage = new Stage(client, options.kind ?? "rating");
    await stage.create();
    try {
      await readIntoStage(plan, stage, { rejects, userPrefix: options.userPrefix ?? "", onProgress });
      return [stage, await merge(client, { plan, source, options, size: stage.size, onProgress })] as const;
    } finally {
      await rejects.close();
      await stage.drop().catch(() => undefined); // a lost connection has dropped them already
    }
  });
  const { inserted } = merged;
  if (inserted.entities + inserted.triples + inserted.interactions > 0) await tidy(db);
  const seconds = (performance.now() - started) / 1000;
  const read = stage.count();
  return {
    format,
    files: plan.files.map(({ file }) => file.name),
    skipped: plan.skipped,
    read,
    ...merged,
    rejected: rejects.count,
    rejectsFile: rejects.file,
    seconds,
    triplesPerSecond: Math.round(read.triples / seconds),
  };
}

// The merge leaves the words and trigrams of new names in a list that every search reads through, until a vacuum comes
// by. Only the owner may sort them in.
const SORT_IN = `
  select gin_clean_pending_list(oid) from pg_class
   where oid = any ('{entity_search_words,entity_search_trigrams}'::regclass[]) and pg_has_role(relowner, 'usage')`;

/** Lets the planner know what there is now, and searches be fast at once. */
async function tidy(db: Database): Promise<void> {
  await db.query(SORT_IN);
  await db.query("analyze entity, relation, triple, interaction");
}

async function readIntoStage(
  plan: ReadPlan,
  stage: Stage,
  { rejects, userPrefix, onProgress }: { rejects: Rejects; userPrefix: string; onProgress: OnProgress },
): Promise<void> {
  const totalBytes = plan.files.reduce((sum, { file }) => sum + file.bytes, 0);
  let before = 0;
  for (const { file, rows } of plan.files) {
    const onBytes = (bytes: number) =>
      onProgress({ phase: "reading", what: file.name, bytes: before + bytes, totalBytes });
    for await (const batch of rows(onBytes)) {
      for (const row of batch) {
        const reason = stageRow(stage, row, userPrefix);
        if (reason !== null) await rejects.add(row, reason);
      }
      await stage.drain();
    }
    before += file.bytes;
  }
  await stage.finish();
}

/** Stages all records of a row, or none and gives the reason. */
function stageRow(stage: Stage, { records }: SourceRow, userPrefix: string): string | null {
  if (records instanceof BadRow) return records.message;
  const prefixed = userPrefix === "" ? records : records.map((record) => withPrefix(record, userPrefix));
  try {
    for (const record of prefixed) assertRecord(record);
  } catch (error) {
    if (error instanceof BadRow) return error.message;
    throw error;
  }
  for (const record of prefixed) stage.add(record);
  return null;
}

function withPrefix(record: ImportRecord, userPrefix: string): ImportRecord {
  if (record.kind !== "interaction" || record.user === "") return record;
  return { ...record, user: userPrefix + record.user };
}

async function merge(
  client: pg.ClientBase,
  work: { plan: ReadPlan; source: Source; options: ImportOptions; size: number; onProgress: OnProgress },
): Promise<MergeResult> {
  const { plan, source, options, size, onProgress } = work;
  const totalBytes = plan.files.reduce((sum, { file }) => sum + file.bytes, 0);
  const queryable: Queryable = {
    query: async <T>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, parameters as unknown[])).rows as T[],
  };
  await client.query("begin");
  try {
    const result = await mergeStage(queryable, {
      actor: options.actor ?? "import",
      reason: options.reason ?? `import of ${source.name}`,
      fallbackType: plan.fallbackType,
      size,
      onStep: (what) => onProgress({ phase: "merging", what, bytes: totalBytes, totalBytes }),
    });
    await client.query("commit");
    onProgress({ phase: "done", what: source.name, bytes: totalBytes, totalBytes });
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // a lost connection has rolled back already
    throw error;
  }
}
