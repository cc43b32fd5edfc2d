import type { Database } from "../database.ts";
import { readRecommendationId } from "../interactions/recommendationId.ts";
import { findEntitiesByKeys } from "../queries/findEntitiesByKeys.ts";
import type {
  EditOptions,
  EntityId,
  InteractionsResult,
  NewInteraction,
  Problem,
  Queryable,
} from "../types.ts";
import { checkKey, checkNumber, checkText, checkTime, invalid, SHORT_TEXT } from "./checks.ts";
import { findGraphRevision } from "./graphRevision.ts";
import { digestOf, findAnswer, type RequestKey, saveAnswer } from "./idempotency.ts";
import { problem, shown } from "./problem.ts";
import { keyReused } from "./runEdit.ts";

const LARGEST_WEIGHT = 3.4e38; // of a Postgres real
const DEFAULT_KIND = "rating"; // as the table's own default

// Sorted, so that two batches that share rows wait for one another instead of deadlocking.
const INSERT = `
  with added as (
    insert into interaction (user_key, item_id, kind, weight, at)
      select * from unnest($1::text[], $2::bigint[], $3::text[], $4::real[], $5::timestamptz[])
        as row(user_key, item_id, kind, weight, at) order by user_key, item_id, kind, at
      on conflict on constraint interaction_once do nothing returning 1)
  select count(*)::integer as count from added`;
// What is known already is attributed too, once: the answer may be told of later. Index interaction_once.
const ATTRIBUTE = `
  insert into attribution (interaction_id, user_key, recommendation, model_id, scenario, scenario_version, answered_at)
    select i.id, i.user_key, row.recommendation, row.model_id, row.scenario, row.version, row.answered_at
      from unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::bigint[], $7::text[], $8::integer[],
                  $9::timestamptz[])
        as row(user_key, item_id, kind, at, recommendation, model_id, scenario, version, answered_at)
      join interaction i on (i.user_key, i.item_id, i.kind) = (row.user_key, row.item_id, row.kind) and i.at = row.at
     order by i.id
  on conflict (interaction_id) do nothing`;

type Options = Pick<EditOptions, "actor" | "dryRun" | "idempotencyKey">;
type Counts = Omit<InteractionsResult, "graphRevision">;

class DryRun extends Error {
  constructor(readonly counts: Counts) {
    super("the dry run was rolled back");
  }
}

/**
 * Records what users did, in one statement whatever the number of rows. A bad row becomes a problem whose path
 * leads to it, and the rest is written; a row that is there already (user, item, kind, time) counts as known.
 * `at` defaults to now.
 */
export async function recordInteractions(
  db: Database,
  rows: readonly NewInteraction[],
  options: Options,
): Promise<InteractionsResult> {
  const counts = await record(db, rows, options);
  return { ...counts, graphRevision: await findGraphRevision(db) };
}

async function record(db: Database, rows: readonly NewInteraction[], options: Options): Promise<Counts> {
  const { actor, dryRun, idempotencyKey: key } = options;
  const badKey = key == null ? [] : checkKey(key, "idempotencyKey");
  if (badKey.length > 0) return refused(badKey);
  const requestKey: RequestKey | null =
    key == null || dryRun ? null : { actor, key, request: digestOf({ kind: "record_interactions", rows }) };
  try {
    return await db.transaction(async (tx) => {
      const earlier = requestKey && (await findAnswer(tx, requestKey));
      if (earlier) return earlier.reused ? refused([keyReused(requestKey!)]) : (earlier.answer as Counts);
      const counts = await write(tx, rows);
      if (dryRun) throw new DryRun(counts);
      if (requestKey) await saveAnswer(tx, requestKey, withoutUsers(counts));
      return counts;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.counts;
    throw error;
  }
}

function refused(problems: readonly Problem[]): Counts {
  return { recorded: 0, known: 0, problems };
}

async function write(db: Queryable, rows: readonly NewInteraction[]): Promise<Counts> {
  const now = new Date();
  const items = await findItems(db, rows);
  const problems: Problem[] = [];
  const sound: SoundRow[] = [];
  rows.forEach((row, i) => {
    const found = [...checkRow(row, `interactions.${i}`), ...checkItem(row, `interactions.${i}.item`, items)];
    problems.push(...found);
    if (found.length > 0) return;
    sound.push({
      ...{ user: row.user, item: items.get(row.item)!.id, kind: row.kind ?? DEFAULT_KIND },
      ...{
        weight: Math.fround(row.weight ?? 1),
        at: row.at ?? now,
        recommendationId: row.recommendationId ?? null,
      },
    });
  });
  const column = <T>(read: (row: SoundRow) => T) => sound.map(read);
  const [{ count }] = await db.query<{ count: number }>(INSERT, [
    ...[column(({ user }) => user), column(({ item }) => item), column(({ kind }) => kind)],
    ...[column(({ weight }) => weight), column(({ at }) => at)],
  ]);
  await attribute(db, sound);
  return { recorded: count, known: sound.length - count, problems };
}

/** A row without a fault. */
interface SoundRow {
  readonly user: string;
  readonly item: EntityId;
  readonly kind: string;
  readonly weight: number;
  readonly at: Date;
  readonly recommendationId: string | null;
}

/** Stores which answers the rows came from; no statement where none says. */
async function attribute(db: Queryable, rows: readonly SoundRow[]): Promise<void> {
  const told = rows.flatMap((row) => {
    const answer = row.recommendationId === null ? null : readRecommendationId(row.recommendationId);
    return answer ? [{ ...row, answer }] : [];
  });
  if (told.length === 0) return;
  await db.query(ATTRIBUTE, [
    ...[told.map(({ user }) => user), told.map(({ item }) => item), told.map(({ kind }) => kind)],
    ...[told.map(({ at }) => at), told.map(({ recommendationId }) => recommendationId)],
    ...[told.map(({ answer }) => answer.model), told.map(({ answer }) => answer.scenario?.key ?? null)],
    ...[
      told.map(({ answer }) => answer.scenario?.version ?? null),
      told.map(({ answer }) => new Date(answer.at)),
    ],
  ]);
}

type Items = Awaited<ReturnType<typeof findEntitiesByKeys>>;

function findItems(db: Queryable, rows: readonly NewInteraction[]): Promise<Items> {
  const keys = new Set(rows.map(({ item }) => item).filter((item) => checkKey(item, "item").length === 0));
  return findEntitiesByKeys(db, [...keys]);
}

function checkRow({ user, kind, weight, at, recommendationId: id }: NewInteraction, path: string): Problem[] {
  const range = { from: -LARGEST_WEIGHT, to: LARGEST_WEIGHT };
  return [
    ...checkKey(user, `${path}.user`),
    ...(kind == null ? [] : checkText(kind, `${path}.kind`, SHORT_TEXT)),
    ...(weight == null ? [] : checkNumber(weight, `${path}.weight`, range)),
    ...(at == null ? [] : checkTime(at, `${path}.at`)),
    ...(id == null || readRecommendationId(id)
      ? []
      : invalid(`${path}.recommendationId`, id, "the id of an answer")),
  ];
}

function checkItem({ item }: NewInteraction, path: string, items: Items): Problem[] {
  const malformed = checkKey(item, path);
  if (malformed.length > 0) return malformed;
  const entity = items.get(item);
  if (!entity) {
    return [problem("UNKNOWN_ENTITY", path, `item is ${shown(item)}; expected the key of a known entity`)];
  }
  if (entity.isItem) return [];
  const message = `${shown(item)} (${entity.type}) is not an item; expected an entity that may be recommended`;
  return [problem("NOT_AN_ITEM", path, message)];
}

/** What a repeated request is answered must not outlive a user who is forgotten: faulty user keys are left out. */
function withoutUsers(counts: Counts): Counts {
  const problems = counts.problems.map((found) =>
    found.path?.at(-1) === "user" ? { ...found, message: "user is not a valid key" } : found,
  );
  return { ...counts, problems };
}
