import { checkKey } from "../curation/checks.ts";
import { problem, shown } from "../curation/problem.ts";
import type { Database } from "../database.ts";
import type { Keyset } from "../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../queries/page.ts";
import { Parameters } from "../queries/parameters.ts";
import { comparable } from "../queries/values.ts";
import type { Feedback, FeedbackResult, FeedbackStore, Page, PageArguments, Queryable } from "../types.ts";
import { addFeedback } from "./addFeedback.ts";
import { FEEDBACK_COLUMNS } from "./feedbackSql.ts";

const OLDEST: Keyset = { name: "feedback", columns: [{ sql: "f.id", type: "bigint" }] }; // index feedback_user
const REMOVE = `
  update feedback f set removed_tx = pg_current_xact_id()
   where id = $1 and user_key = $2 and removed_tx is null returning ${FEEDBACK_COLUMNS}`; // index feedback_pkey

/** Creates the store of what users say of their recommendations. */
export function createFeedback(db: Database): FeedbackStore {
  return {
    add: (feedback, options) => addFeedback(db, feedback, options),
    remove: (user, id) => removeFeedback(db, user, id),
    find: (user, page) => findFeedback(db, user, page),
  };
}

async function removeFeedback(db: Queryable, user: string, id: string): Promise<FeedbackResult> {
  const faults = checkKey(user, "user");
  if (faults.length > 0) return { feedback: null, problems: faults };
  const [feedback] = await db.query<Feedback>(REMOVE, [id, user]);
  if (feedback) return { feedback, problems: [] };
  const message = `${shown(user)} has given no such feedback, or has taken it back; expected the id of one that stands`;
  return { feedback: null, problems: [problem("UNKNOWN_FEEDBACK", "id", message)] };
}

async function findFeedback(
  db: Queryable,
  user: string,
  page: Pick<PageArguments, "first" | "after">,
): Promise<Page<Feedback>> {
  const window = readWindow(page, OLDEST);
  const parameters = new Parameters();
  const of = parameters.add(comparable(user), "text");
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Feedback & Positioned>(
    `select ${FEEDBACK_COLUMNS}, ${position} from feedback f
      where ${[`f.user_key = ${of}`, "f.removed_tx is null", ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, ({ position: _, ...feedback }) => feedback);
}
