import { DomainError } from "../errors.ts";
import { findSeen } from "../kg/interactions/findSeen.ts";
import { findPastFeedback } from "../kg/past/findPastFeedback.ts";
import { findPastHistory } from "../kg/past/findPastHistory.ts";
import { findSurvivorsAt } from "../kg/past/findSurvivorsAt.ts";
import { readPastFreshHistories } from "../kg/past/readPastFreshHistories.ts";
import type { Queryable } from "../kg/types.ts";
import { LiveCounts } from "../ranker/behaviour/LiveCounts.ts";
import type { SeenHistory } from "../recommend/ports.ts";
import type { Moment } from "./moment.ts";

/**
 * Finds a user's history and wishes as they were when an answer was made.
 * @throws {DomainError} CONFLICT where rows of it were erased since
 */
export async function findHistoryOf(db: Queryable, user: string, { history }: Moment): Promise<SeenHistory> {
  if (history === null) return { items: [], wishes: [], seen: null };
  const survivorOf = await findSurvivorsAt(db, history.revision);
  const [rows, wishes] = await Promise.all([
    findPastHistory(db, user, { seen: history.seen, survivorOf }),
    findPastFeedback(db, user, { seen: history.seen, survivorOf }),
  ]);
  if (rows.length !== history.items)
    throw erased(`the history has ${rows.length} items of then`, history.items);
  if (wishes.length !== (history.wishes ?? 0))
    throw erased(`${wishes.length} wishes of then are left`, history.wishes ?? 0);
  const items = rows.map(({ itemId, ...rest }) => ({ item: itemId, ...rest }));
  return { items, wishes, seen: { snapshot: history.seen, revision: history.revision } };
}

/**
 * Counts the co-interactions that a model had not seen, as they were when an answer was made.
 * @throws {DomainError} CONFLICT where some of them were erased since
 */
export async function countPast(db: Queryable, { model, revision, live }: Moment): Promise<LiveCounts> {
  const counts = new LiveCounts();
  const seen = await findSeen(db, model);
  if (seen !== null) {
    const survivorOf = await findSurvivorsAt(db, revision);
    await readPastFreshHistories(db, { seen, until: live.seen, survivorOf }, (histories) => {
      for (const history of histories) counts.record(history);
    });
  }
  if (counts.users !== live.users || counts.entries !== live.entries) {
    throw erased(
      `${counts.users} users and ${counts.entries} counts are left`,
      `${live.users} and ${live.entries}`,
    );
  }
  return counts;
}

function erased(found: string, expected: string | number): DomainError {
  return new DomainError(
    "CONFLICT",
    `interactions were erased since the answer was made: ${found}; expected ${expected}`,
  );
}
