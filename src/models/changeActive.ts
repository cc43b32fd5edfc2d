import { DomainError } from "../errors.ts";
import { checkKey, checkText, invalid } from "../kg/curation/checks.ts";
import { findGraphRevision } from "../kg/curation/graphRevision.ts";
import { digestOf, findAnswer, type RequestKey, saveAnswer } from "../kg/curation/idempotency.ts";
import { problem } from "../kg/curation/problem.ts";
import { keyReused } from "../kg/curation/runEdit.ts";
import type { Database } from "../kg/database.ts";
import { activateModel } from "../kg/models/activateModel.ts";
import { findActivation } from "../kg/models/findActivation.ts";
import { loadModel, type StoredModel } from "../kg/models/loadModel.ts";
import type { Activation, EditOptions, EditResult, ModelRecord, Problem, Queryable } from "../kg/types.ts";

/** Proves that a stored model can serve. @throws {DomainError} CONFIGURATION with the reason */
export type Prove = (stored: StoredModel) => Promise<unknown>;

/** Ends the transaction without a trace, and carries out what is to be answered. */
class RolledBack extends Error {
  constructor(
    readonly value: ModelRecord | null,
    readonly problems: readonly Problem[],
  ) {
    super("the activation was rolled back");
  }
}

interface ChangeActive {
  readonly activation: Activation;
  readonly options: EditOptions;
  readonly prove: Prove;
}

/**
 * Makes a stored model serve, or the one that served before, in all processes. It is proven first, so that
 * what cannot serve is refused with its reason while the active model goes on.
 */
export async function changeActive(db: Database, change: ChangeActive): Promise<EditResult<ModelRecord>> {
  const faults = [...checkActivation(change.activation), ...checkOptions(change.options)];
  const { value, problems } =
    faults.length > 0 ? { value: null, problems: faults } : await runChange(db, change);
  return { value, change: null, problems, graphRevision: await findGraphRevision(db) };
}

async function runChange(
  db: Database,
  change: ChangeActive,
): Promise<Pick<EditResult<ModelRecord>, "value" | "problems">> {
  try {
    return { value: await db.transaction((tx) => write(tx, change)), problems: [] };
  } catch (error) {
    if (error instanceof RolledBack) return error;
    throw error;
  }
}

async function write(tx: Queryable, { activation, options, prove }: ChangeActive): Promise<ModelRecord> {
  const { expectedActive, previous } = activation;
  const requestKey = requestKeyOf(activation, options);
  const earlier = requestKey && (await findAnswer(tx, requestKey));
  if (earlier?.reused) throw new RolledBack(null, [keyReused(requestKey!)]);
  const stored = await findTarget(tx, activation, earlier && (earlier.answer as { model: string }).model);
  if (earlier) return stored.record;
  await refuseOn("CONFIGURATION", ["UNUSABLE_MODEL", previous ? "previous" : "id"], prove(stored));
  const { actor, reason } = options;
  const as = { actor, reason, expectedActive, back: previous === true };
  const moved = ["ACTIVE_MODEL_CHANGED", previous ? "previous" : "expectedActive"] as const;
  await refuseOn("CONFLICT", moved, activateModel(tx, stored.record.id, as));
  if (requestKey) await saveAnswer(tx, requestKey, { model: stored.record.id });
  if (options.dryRun) throw new RolledBack(stored.record, []);
  return stored.record;
}

async function findTarget(
  tx: Queryable,
  { id, previous }: Activation,
  answered: string | null,
): Promise<StoredModel> {
  const { active, before } = await findActivation(tx);
  const wanted = answered ?? (previous ? before?.modelId : id);
  const stored = wanted == null ? null : await loadModel(tx, wanted);
  if (stored) return stored;
  const message = previous
    ? `no model served before ${active ? `model ${active.modelId}` : "now"}; expected an activation to return from`
    : `there is no model ${id}; expected the id of a stored model`;
  throw new RolledBack(null, [problem("UNKNOWN_MODEL", previous ? "previous" : "id", message)]);
}

/** Turns one kind of error into a problem of the request. */
async function refuseOn(
  code: DomainError["code"],
  [as, path]: readonly [Problem["code"], string],
  work: Promise<unknown>,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== code) throw error;
    throw new RolledBack(null, [problem(as, path, error.message)]);
  }
}

function checkActivation({ id, previous }: Activation): Problem[] {
  if ((id != null) !== (previous === true)) return [];
  return invalid("id", id ?? null, "exactly one of id, and previous: true");
}

function checkOptions({ reason, idempotencyKey }: EditOptions): Problem[] {
  return [
    ...(reason == null ? [] : checkText(reason, "reason")),
    ...(idempotencyKey == null ? [] : checkKey(idempotencyKey, "idempotencyKey")),
  ];
}

function requestKeyOf(activation: Activation, options: EditOptions): RequestKey | null {
  const { actor, idempotencyKey: key, reason, dryRun } = options;
  if (key == null || dryRun) return null;
  return { actor, key, request: digestOf({ kind: "activate", input: activation, reason }) };
}
