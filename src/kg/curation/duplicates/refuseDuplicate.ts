import type { Database } from "../../database.ts";
import { findEntitiesByKeys } from "../../queries/findEntitiesByKeys.ts";
import type { EditOptions, Problem, Revision } from "../../types.ts";
import { checkKey, checkText } from "../checks.ts";
import { findGraphRevision } from "../graphRevision.ts";
import { problem, shown } from "../problem.ts";

const INSERT = `
  insert into distinct_pair (low_id, high_id, actor, reason)
  values (least($1::bigint, $2::bigint), greatest($1::bigint, $2::bigint), $3, $4) on conflict do nothing`;

/** Keys of two entities that are not the same. */
export interface RefusedPair {
  readonly entity: string;
  readonly other: string;
}

export interface RefusalResult {
  readonly problems: readonly Problem[];
  readonly graphRevision: Revision;
}

/**
 * Keeps two entities from being suggested as duplicates again, also once either was merged into a third. The graph
 * stays as it is: there is no change. Saying it twice is saying it once, so it needs no idempotency key.
 */
export async function refuseDuplicate(
  db: Database,
  pair: RefusedPair,
  { actor, reason, dryRun }: Pick<EditOptions, "actor" | "reason" | "dryRun">,
): Promise<RefusalResult> {
  const problems = [
    ...checkKey(pair.entity, "entity"),
    ...checkKey(pair.other, "other"),
    ...(reason == null ? [] : checkText(reason, "reason")),
  ];
  if (problems.length === 0) {
    const entities = await findEntitiesByKeys(db, [pair.entity, pair.other]);
    const [entity, other] = [entities.get(pair.entity), entities.get(pair.other)];
    problems.push(...(entity ? [] : unknown("entity", pair)), ...(other ? [] : unknown("other", pair)));
    if (entity && other && entity.id === other.id) {
      const message = `other is ${shown(pair.other)}, the same entity as ${shown(pair.entity)}; expected another one`;
      problems.push(problem("INVALID_VALUE", "other", message));
    }
    if (entity && other && problems.length === 0 && !dryRun) {
      await db.query(INSERT, [entity.id, other.id, actor, reason ?? null]);
    }
  }
  return { problems, graphRevision: await findGraphRevision(db) };
}

function unknown(field: "entity" | "other", pair: RefusedPair): Problem[] {
  const message = `${field} is ${shown(pair[field])}; expected the key of a known entity`;
  return [problem("UNKNOWN_ENTITY", field, message)];
}
