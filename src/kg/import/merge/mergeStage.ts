import type { Queryable, Revision } from "../../types.ts";
import type { Counts } from "../types.ts";
import { makeChange } from "./changeOnDemand.ts";
import { deferIndexes } from "./deferIndexes.ts";
import { mergeEntities } from "./mergeEntities.ts";
import { mergeInteractions } from "./mergeInteractions.ts";
import { mergeRelations } from "./mergeRelations.ts";
import { mergeTriples } from "./mergeTriples.ts";
import { settleStage } from "./settleStage.ts";

export interface MergeOptions {
  readonly actor: string;
  readonly reason: string;
  readonly fallbackType: string | null;
  /** Number of staged records. */
  readonly size: number;
  /** Is told which table comes next. */
  readonly onStep: (what: string) => void;
}

/** What became of the rows of one table. */
export interface Merged {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface MergeResult {
  readonly inserted: Counts;
  readonly updated: Counts;
  readonly unchanged: Counts;
  readonly made: number;
  readonly revision: Revision;
}

/**
 * Merges the staged records into the graph. Must run in one transaction, on the connection that staged them.
 * Takes the graph's lock first; opens a change only where something differs, and deletes nothing.
 */
export async function mergeStage(db: Queryable, options: MergeOptions): Promise<MergeResult> {
  await db.query(`select set_config(name, value, true) from (values
    ('work_mem', '64MB'), ('maintenance_work_mem', '64MB'), ('gin_pending_list_limit', '65536'),
    ('timezone', 'UTC'), ('default_statistics_target', '10')) setting (name, value)`);
  await db.query("select revision from graph for update");
  await skipForeignKeys(db);
  const remakeIndexes = await deferIndexes(db, options.size);
  const change = makeChange(db, options.actor, options.reason);
  await settleStage(db);
  options.onStep("relations");
  const relations = await mergeRelations(db, change);
  options.onStep("entities");
  const { made, ...entities } = await mergeEntities(db, change, options.fallbackType);
  options.onStep("triples");
  const triples = await mergeTriples(db, change);
  options.onStep("interactions");
  const interactions = await mergeInteractions(db, remakeIndexes !== null);
  if (remakeIndexes) {
    options.onStep("indexes");
    await remakeIndexes();
  }
  const [{ revision }] = await db.query<{ revision: Revision }>("select revision::text from graph");
  const of = (outcome: keyof Merged): Counts => ({
    entities: entities[outcome],
    relations: relations[outcome],
    triples: triples[outcome],
    interactions: interactions[outcome],
  });
  return { inserted: of("inserted"), updated: of("updated"), unchanged: of("unchanged"), made, revision };
}

/**
 * Skips the checks of foreign keys for the rest of the transaction, where the role may: they take a third of the
 * time of an import. Every id that is written was looked up in this transaction, and no entity, relation or
 * change can be deleted meanwhile, because that takes the lock that is held. The triggers of the log and of the
 * degrees are ENABLE ALWAYS and fire all the same; constraints and unique indexes hold as ever.
 */
async function skipForeignKeys(db: Queryable): Promise<void> {
  const [{ may }] = await db.query<{ may: boolean }>(
    "select has_parameter_privilege('session_replication_role', 'set') as may",
  );
  if (may) await db.query("set local session_replication_role = replica");
}
