import type { Database } from "../database.ts";
import { findSeenHistory } from "../queries/findSeenHistory.ts";
import type { Curation, EntityId, FeedbackStore, Wish } from "../types.ts";
import { HistoryCache } from "./HistoryCache.ts";

/** What a user did and wishes, and what Postgres saw when it was read. */
export interface UserHistory {
  /** Newest first, each once. */
  readonly items: readonly {
    readonly item: EntityId;
    readonly kind: string;
    readonly weight: number;
    readonly at: Date | null;
  }[];
  readonly wishes: readonly Wish[];
  readonly seen: { readonly snapshot: string; readonly revision: string } | null;
}

/** The histories of users, kept in memory where they are asked for again and again. */
export interface Histories {
  /** At once where it is kept; `fresh` asks Postgres whatever is kept. */
  find(user: string, options?: { readonly fresh?: boolean }): Promise<UserHistory> | UserHistory;
  /** Whether a history is what would be found now, without asking anybody. */
  holds(user: string, history: object): boolean;
  /** The same edits, after which this process sees at once what they did to histories. */
  follow(curation: Curation): Curation;
  followFeedback(feedback: FeedbackStore): FeedbackStore;
  /** How often a history was at hand, and how often not. */
  readonly counts: { readonly hits: number; readonly misses: number };
  close(): Promise<void>;
}

/** Opens the histories of a database. @throws what the first attempt to listen meets */
export async function openHistories(db: Database): Promise<Histories> {
  const read = async (user: string): Promise<UserHistory> => {
    const { rows, ...rest } = await findSeenHistory(db, user);
    return { items: rows.map(({ itemId, ...row }) => ({ item: itemId, ...row })), ...rest };
  };
  const cache = await HistoryCache.open(db, { read });
  const forget = (users?: readonly string[]) => {
    if (users) for (const user of users) cache.forget(user);
    else cache.forget();
  };
  return {
    find: (user, { fresh = false } = {}) => (fresh ? read(user) : cache.find(user)),
    holds: (user, history) => cache.holds(user, history as UserHistory),
    follow: (curation) => ({
      ...curation,
      // A merge, its undoing and a deletion redirect or take away what users did.
      mergeEntities: (...edit) => after(curation.mergeEntities(...edit), forget),
      deleteEntity: (...edit) => after(curation.deleteEntity(...edit), forget),
      revertChange: (...edit) => after(curation.revertChange(...edit), forget),
      recordInteractions: (rows, options) =>
        after(curation.recordInteractions(rows, options), () => forget(rows.map(({ user }) => user))),
      forgetUser: (user) => after(curation.forgetUser(user), () => forget([user])),
    }),
    followFeedback: (feedback) => ({
      ...feedback,
      add: (one, options) => after(feedback.add(one, options), () => forget([one.user])),
      remove: (user, id) => after(feedback.remove(user, id), () => forget([user])),
    }),
    counts: cache.counts,
    close: () => cache.close(),
  };
}

async function after<Result>(edit: Promise<Result>, act: () => void): Promise<Result> {
  try {
    return await edit;
  } finally {
    act(); // also where it failed: it may have been committed before the connection was lost
  }
}
