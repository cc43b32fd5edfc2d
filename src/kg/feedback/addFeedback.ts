import { checkKey, checkNumber, invalid } from "../curation/checks.ts";
import { problem, shown } from "../curation/problem.ts";
import type { Database } from "../database.ts";
import { findEntitiesByKeys } from "../queries/findEntitiesByKeys.ts";
import { findRelation } from "../queries/findRelation.ts";
import type {
  EditOptions,
  Entity,
  Feedback,
  FeedbackResult,
  NewFeedback,
  Problem,
  Queryable,
  Relation,
} from "../types.ts";
import { FEEDBACK_COLUMNS } from "./feedbackSql.ts";

const HALF = 0.5;
const MOST = 1_000; // of one user: all of them are read with each answer

// Another factor takes the place of the one before, which stays for answers that are made again. Index feedback_standing.
const LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 1463900506))";
const STANDING = `
  select ${FEEDBACK_COLUMNS} from feedback f where user_key = $1 and kind = $2 and removed_tx is null
     and entity_id is not distinct from $3 and relation_id is not distinct from $4`;
const COUNT = "select count(*)::integer as count from feedback where user_key = $1 and removed_tx is null";
const REMOVE = "update feedback set removed_tx = pg_current_xact_id() where id = $1";
const INSERT = `
  insert into feedback as f (user_key, kind, entity_id, relation_id, factor) values ($1, $2, $3, $4, $5)
  returning ${FEEDBACK_COLUMNS}`;

/** Stores what a user said of a recommendation. Equal feedback is written once, so that a repeated request changes nothing. */
export async function addFeedback(
  db: Database,
  input: NewFeedback,
  { dryRun }: Pick<EditOptions, "dryRun">,
): Promise<FeedbackResult> {
  const faults = check(input);
  if (faults.length > 0) return { feedback: null, problems: faults };
  return db.transaction(async (tx) => {
    const { entity, relation, problems } = await findNamed(tx, input);
    if (problems.length > 0 || dryRun) return { feedback: null, problems };
    await tx.query(LOCK, [input.user]);
    const place = [input.user, input.kind, entity?.id ?? null, relation?.id ?? null] as const;
    const factor = input.kind === "EXCLUDE" ? 0 : (input.factor ?? HALF);
    const [before] = await tx.query<Feedback>(STANDING, place);
    if (before && before.factor === factor) return { feedback: before, problems: [] };
    const [{ count }] = await tx.query<{ count: number }>(COUNT, [input.user]);
    if (count >= MOST) {
      const message = `${shown(input.user)} has given ${count} feedbacks; expected fewer than ${MOST}: remove some first`;
      return { feedback: null, problems: [problem("INVALID_VALUE", "user", message)] };
    }
    if (before) await tx.query(REMOVE, [before.id]);
    const [feedback] = await tx.query<Feedback>(INSERT, [...place, factor]);
    return { feedback, problems: [] };
  });
}

function check({ user, kind, entity, relation, factor }: NewFeedback): Problem[] {
  const problems = [...checkKey(user, "user")];
  if (entity != null) problems.push(...checkKey(entity, "entity"));
  if (relation != null) problems.push(...checkKey(relation, "relation"));
  if (kind === "EXCLUDE") {
    if (entity == null) problems.push(...invalid("entity", entity, "the key of what to leave out"));
    if (relation != null) problems.push(...invalid("relation", relation, "none with EXCLUDE"));
    if (factor != null) problems.push(...invalid("factor", factor, "none with EXCLUDE"));
    return problems;
  }
  if (entity == null && relation == null) {
    problems.push(...invalid("entity", entity, "the key of an entity, of a relation, or both"));
  }
  if (factor != null) problems.push(...checkNumber(factor, "factor", { from: 0, to: 0.99 }));
  return problems;
}

async function findNamed(
  db: Queryable,
  input: NewFeedback,
): Promise<{
  readonly entity: Entity | null;
  readonly relation: Relation | null;
  readonly problems: readonly Problem[];
}> {
  const { entity: key, relation: relationKey } = input;
  const entity = key == null ? null : ((await findEntitiesByKeys(db, [key])).get(key) ?? null);
  const relation = relationKey == null ? null : await findRelation(db, relationKey);
  const problems: Problem[] = [];
  if (key != null && !entity) {
    const message = `entity is ${shown(key)}; expected the key of a known entity`;
    problems.push(problem("UNKNOWN_ENTITY", "entity", message));
  }
  if (relationKey != null && !relation) {
    const message = `relation is ${shown(relationKey)}; expected the key of a known relation`;
    problems.push(problem("UNKNOWN_RELATION", "relation", message));
  }
  return { entity, relation, problems };
}
