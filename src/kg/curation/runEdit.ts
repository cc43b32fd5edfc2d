import type { Database } from "../database.ts";
import { CHANGE_COLUMNS, readChange } from "../tables/change.ts";
import type { Change, EditOptions, EditResult, Problem, Queryable } from "../types.ts";
import type { Answers } from "./Answers.ts";
import { checkKey, checkText } from "./checks.ts";
import { findGraphRevision } from "./graphRevision.ts";
import { digestOf, type RequestKey } from "./idempotency.ts";
import { problem, shown } from "./problem.ts";
import { takeTurns } from "./takeTurns.ts";

const OPEN = `select ${CHANGE_COLUMNS} from begin_change($1, $2, $3) c`;

/**
 * What a write came to: its value, perhaps with warnings; the problems why nothing is written; or nothing to alter,
 * so that nothing is written and no revision used.
 */
export type Written<T> =
  | { readonly value: T; readonly warnings?: readonly Problem[]; readonly unchanged?: boolean }
  | { readonly problems: readonly Problem[] };

/** One kind of edit: its checks that need no database, and its work in a transaction with an open change. */
export interface Edit<T> {
  /** Kind of the change in the log, as "create_entity". */
  readonly kind: string;
  readonly input: unknown;
  /** Problems that are seen in the input alone. */
  readonly check: () => Problem[];
  /** Writes, or gives the problems why not. The graph does not change under it. */
  readonly write: (db: Queryable) => Promise<Written<T>>;
  /** Makes the value again out of its JSON. */
  readonly revive: (json: T) => T;
  /** Writes beside the graph: no change is opened, and no revision used. */
  readonly besideGraph?: boolean;
  /**
   * Touches a few rows by their indexes, and locks nothing that others lock without an open change: it may share a
   * transaction. Deletions of entities may not: two of them could wait for one who records interactions with both, and
   * he for them.
   */
  readonly brief?: boolean;
}

/** Ends the transaction without a trace, and carries out what is to be answered. */
class RolledBack<T> extends Error {
  constructor(
    readonly value: T | null,
    readonly problems: readonly Problem[],
  ) {
    super("the edit was rolled back");
  }
}

/**
 * Runs an edit as one change, in a transaction of its own or in its part of a shared one. With any problem nothing is
 * written and no revision used; the same for a dry run. The change is opened before the checks, because its lock keeps
 * what they saw true. Neither a refusal nor an edit that alters nothing is remembered under an idempotency key: the same
 * request may write later.
 */
export async function runEdit<T>(db: Database, options: EditOptions, edit: Edit<T>): Promise<EditResult<T>> {
  const problems = [...checkOptions(options), ...edit.check()];
  if (problems.length > 0) return unwritten<T>(db, null, problems);
  const requestKey = options.dryRun ? null : requestKeyOf(options, edit);
  try {
    const work = async (tx: Queryable, answers: Answers): Promise<EditResult<T>> => {
      const earlier = requestKey && answers.find(requestKey);
      if (earlier?.reused) throw new RolledBack<T>(null, [keyReused(requestKey!)]);
      if (earlier) return reviveResult(earlier.answer as EditResult<T>, edit.revive);
      const result = await write(tx, options, edit);
      if (requestKey) answers.keep(requestKey, result);
      return result;
    };
    return await takeTurns(db, work, { brief: edit.brief === true, requestKey });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return unwritten<T>(db, error.value as T | null, error.problems);
  }
}

async function write<T>(tx: Queryable, options: EditOptions, edit: Edit<T>): Promise<EditResult<T>> {
  const change = edit.besideGraph ? null : await openChange(tx, options, edit.kind);
  const graphRevision = change?.revision ?? (await findGraphRevision(tx));
  const outcome = await edit.write(tx);
  if ("problems" in outcome) throw new RolledBack<T>(null, outcome.problems);
  const { value, warnings = [], unchanged = false } = outcome;
  if (options.dryRun || unchanged) throw new RolledBack<T>(value, warnings);
  return { value, change, problems: warnings, graphRevision };
}

async function openChange(tx: Queryable, options: EditOptions, kind: string): Promise<Change> {
  const [row] = await tx.query<Change>(OPEN, [kind, options.actor, options.reason ?? null]);
  return readChange(row);
}

async function unwritten<T>(
  db: Queryable,
  value: T | null,
  problems: readonly Problem[],
): Promise<EditResult<T>> {
  return { value, change: null, problems, graphRevision: await findGraphRevision(db) };
}

/** The problems of how an edit is to be made. @throws TypeError where it has no actor */
export function checkOptions({ actor, reason, idempotencyKey }: EditOptions): Problem[] {
  if (checkText(actor, "actor").length > 0) {
    throw new TypeError(`actor is ${shown(actor)}; expected the name of the viewer`);
  }
  return [
    ...(reason == null ? [] : checkText(reason, "reason")),
    ...(idempotencyKey == null ? [] : checkKey(idempotencyKey, "idempotencyKey")),
  ];
}

function requestKeyOf<T>(options: EditOptions, { kind, input }: Edit<T>): RequestKey | null {
  const { actor, idempotencyKey: key, reason, expectedRevision } = options;
  if (key == null) return null;
  return { actor, key, request: digestOf({ kind, input, reason, expectedRevision }) };
}

/** The problem of an idempotency key that already stands for something else. */
export function keyReused({ key }: RequestKey) {
  return problem(
    "IDEMPOTENCY_KEY_REUSED",
    "idempotencyKey",
    `idempotencyKey ${shown(key)} was used for another request; expected a key of its own for each request`,
  );
}

function reviveResult<T>(json: EditResult<T>, revive: (json: T) => T): EditResult<T> {
  const change: Change | null = json.change && { ...json.change, at: new Date(json.change.at) };
  return { ...json, value: json.value === null ? null : revive(json.value), change };
}
