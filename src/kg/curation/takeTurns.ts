import type { Database } from "../database.ts";
import type { Queryable } from "../types.ts";
import { Answers } from "./Answers.ts";
import type { RequestKey } from "./idempotency.ts";

const MOST = 16; // whoever edits in another process waits for all that share a transaction
const MARK = "savepoint edit";
const NEXT = "release savepoint edit; savepoint edit";
const UNDO = "rollback to savepoint edit";

export interface TurnOptions {
  /** Whether it touches a few rows by their indexes, in any transaction. */
  readonly brief: boolean;
  /** Held for the whole transaction, from before its first edit. */
  readonly requestKey: RequestKey | null;
}

/** An edit in its transaction, with the answers under the keys that the transaction holds. */
type Work<T> = (tx: Queryable, answers: Answers) => Promise<T>;

/** An edit that waits for its turn. */
interface Turn extends TurnOptions {
  readonly work: Work<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** The edits that wait, by database; none where nobody is at work. */
const waiting = new WeakMap<Database, Turn[]>();

/**
 * Runs the edits of this process one after the other, in the order in which they were asked for. They would wait for
 * one another anyway, at the row of `graph`, but each with a connection of its own, and Postgres hands a contended row
 * on slowly. Those that wait at the same time share a transaction where they may: each in a savepoint, so that one that
 * fails leaves no trace and the others stand; none is seen, and none answered, before all have reached the disk at
 * once. `npm run bench -- curation` prints what sixteen curators get done.
 */
export function takeTurns<T>(db: Database, work: Work<T>, options: TurnOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const turn: Turn = { ...options, work, resolve: resolve as Turn["resolve"], reject };
    const queue = waiting.get(db);
    if (queue) {
      queue.push(turn);
      return;
    }
    const started = [turn];
    waiting.set(db, started);
    void runAll(db, started);
  });
}

async function runAll(db: Database, queue: Turn[]): Promise<void> {
  for (;;) {
    await new Promise(setImmediate); // who asks in the same moment, or again when answered, comes along
    const other = queue.findIndex(({ brief }) => !brief);
    const together = other < 0 ? queue.length : other;
    const turns = queue.splice(0, Math.min(Math.max(1, together), MOST));
    if (turns.length > 1) await runTogether(db, turns);
    else await runAlone(db, turns[0]);
    if (queue.length === 0) break;
  }
  waiting.delete(db);
}

async function runAlone(db: Database, { work, brief, requestKey, resolve, reject }: Turn): Promise<void> {
  const run = (tx: Queryable) => withAnswers(tx, [requestKey], (answers) => work(tx, answers));
  await db.transaction(run, { prepared: true, planned: brief }).then(resolve, reject);
}

async function runTogether(db: Database, turns: readonly Turn[]): Promise<void> {
  let outcomes: Outcome[] | null = null;
  try {
    await db.transaction(
      async (tx) => {
        const keys = turns.map(({ requestKey }) => requestKey);
        outcomes = await withAnswers(tx, keys, (answers) => runEach(tx, turns, answers));
      },
      { prepared: true, planned: true },
    );
  } catch (error) {
    if (outcomes !== null) for (const { reject } of turns) reject(error);
    else for (const turn of turns) await runAlone(db, turn); // it broke before the commit: nothing is written
    return;
  }
  turns.forEach(({ resolve, reject }, i) => {
    const outcome = outcomes![i];
    if ("error" in outcome) reject(outcome.error);
    else resolve(outcome.value);
  });
}

/** Finds the answers under the keys before the work, and saves those that it adds. */
async function withAnswers<T>(
  tx: Queryable,
  keys: readonly (RequestKey | null)[],
  work: (answers: Answers) => Promise<T>,
): Promise<T> {
  const answers = await Answers.open(tx, keys);
  const result = await work(answers);
  await answers.save();
  return result;
}

/** @throws where the transaction itself is lost */
async function runEach(tx: Queryable, turns: readonly Turn[], answers: Answers): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { work } of turns) {
    await tx.query(outcomes.length === 0 ? MARK : NEXT);
    try {
      outcomes.push({ value: await work(tx, answers) });
    } catch (error) {
      outcomes.push({ error });
      await tx.query(UNDO);
    }
  }
  return outcomes;
}
