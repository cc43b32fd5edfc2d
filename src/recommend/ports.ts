import type { Entity, EntityId, Graph, Revision, Triple, TripleId, Wish } from "../kg/types.ts";
import type { DampedReason, HistoryItem, ModelInfo, ScoredItem } from "../ranker/types.ts";
import type { Scenario } from "./scenario.ts";
import type { RecommendationPage, RecommendRequest } from "./types.ts";

/** What recommending needs of the knowledge graph and its store. Each call that reads Postgres is one statement. */
export interface GraphPort {
  /** The snapshot as it is now; synchronous work on it sees one state. */
  graph(): Graph;
  /** Waits until the snapshot has reached `revision`. */
  waitFor(revision: Revision): Promise<void>;
  /**
   * A user's items, and what was read: the answer can be marked with it. The same object as long as nothing has happened;
   * `fresh` holds all that is committed, whatever notices are under way.
   */
  findHistory(user: string, options?: { readonly fresh?: boolean }): Promise<SeenHistory>;
  /** By the keys as asked; a merged key leads to its survivor. */
  findEntitiesByKeys(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>>;
  findTriples(ids: readonly TripleId[]): Promise<ReadonlyMap<TripleId, Triple>>;
  /** The values of attributes by name and item; one statement for each that has changed since it was last asked for. */
  findAttributes(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<EntityId, unknown>>>;
  /** Items by interactions, most first; `sinceSeconds` null for all time. With a pin as they were counted then. */
  countInteractions(question: {
    readonly sinceSeconds: number | null;
    readonly limit: number;
    readonly pin?: CountPin | null;
  }): Promise<Counted>;
  /** Items that are chosen more in the last `seconds` than before, the most telling first. */
  countTrending(question: {
    readonly seconds: number;
    readonly limit: number;
    readonly pin?: CountPin | null;
  }): Promise<Trends>;
  /** Users who have lately done most with items near to one and nothing with itself, and who have not refused it. */
  findLikelyUsers(question: {
    readonly item: EntityId;
    readonly near: readonly EntityId[];
    readonly limit: number;
    readonly perItem: number;
  }): Promise<readonly LikelyUser[]>;
  /** A scenario that stands, in its newest version; null where there is none. */
  findScenario(key: string): Promise<{ readonly scenario: Scenario; readonly version: number } | null>;
  /** The same for the fallback chain, counted anew once in a while. */
  findTrends(seconds: number): Promise<Trends>;
}

/** What Postgres saw when it counted, and the moment in milliseconds up to which. */
export interface CountPin {
  readonly seen: string;
  readonly until: number;
}

export interface Counted {
  readonly pin: CountPin;
  readonly items: readonly { readonly itemId: EntityId; readonly count: number }[];
}

export interface Trends {
  readonly pin: CountPin;
  readonly items: readonly { readonly itemId: EntityId; readonly count: number; readonly lift: number }[];
}

export interface LikelyUser {
  readonly user: string;
  /** Newest first, each once. */
  readonly items: readonly HistoryItem[];
  readonly wishes: readonly Wish[];
}

/** A history, the user's wishes, and what Postgres saw when they were read. */
export interface SeenHistory {
  /** Newest first, each once. */
  readonly items: readonly HistoryItem[];
  readonly wishes: readonly Wish[];
  /** Null where there is no history, and where nobody is to read it again. */
  readonly seen: { readonly snapshot: string; readonly revision: Revision } | null;
}

/** One ranked item, in entity indices of the graph. */
export interface RankedItem {
  readonly item: number;
  readonly score: number;
  /** False where popularity alone made the score. */
  readonly personal: boolean;
}

/** What recommending needs of the ranker: a model at work on the graph; synchronous. `S` is its own affair. */
export interface RankerPort<S = unknown> {
  readonly info: ModelInfo;
  /** Versions of the vectors that it is bound with, in words that only compare. */
  readonly vectors: string | null;
  collect(history: readonly number[], ordered: boolean, less?: readonly DampedReason[]): S;
  rank(
    signals: S,
    options: {
      readonly accepts: (item: number) => boolean;
      readonly diversity?: number;
      readonly also?: readonly number[];
      readonly boost?: ((item: number) => number) | null;
    },
  ): RankedItem[];
  explain(signals: S, item: number, limit: number): ScoredItem;
  readonly popular: ArrayLike<number>;
  interactionsOf(item: number): number;
  /** b0. */
  readonly bias: number;
  /** ω_I. */
  readonly popularityWeight: number;
  /** The popularity part of one item's score. */
  popularityScore(item: number): number;
}

/** The ports of the use case: `ranker()` gives the model that serves now, bound to the graph of now. */
export interface RecommendPorts {
  readonly knowledge: GraphPort;
  ranker(): RankerPort;
  /**
   * Marks what an answer was made from, so that it can be made again; null where it cannot. Called in the tick in
   * which it was made.
   */
  mark?(made: Made): Mark | null;
  /**
   * Gives what was made of a history under the same key, or makes it; the least used is forgotten. A key says all that
   * the result depends on besides the history.
   */
  remember?<Result extends object>(history: SeenHistory | null, key: string, make: () => Result): Result;
  /** Makes the test whether what was made still would be: the same graph, model, live counts and history of the user. */
  makeTest?(made: Made, user: string | null): () => boolean;
  /** Does a part of the work, and notes how long it takes. */
  stage?<T>(name: "history" | "ranking" | "evidence", work: () => T): T;
  /** Waits, before long work, until the event loop has been let go after that of others; undefined where it has. */
  letGo?(): Promise<void> | undefined;
  /** Makes the page of an answer that was made from `moment`. */
  replay?(moment: string, request: RecommendRequest): Promise<RecommendationPage>;
}

/** What an answer was made from. */
export interface Made {
  readonly graph: Pick<Graph, "revision">;
  readonly model: ModelInfo;
  /** Versions of the vectors that the model was bound with. */
  readonly vectors: string | null;
  readonly history: SeenHistory | null;
  readonly trends: CountPin | null;
  /** Version of the scenario; null for none. */
  readonly scenario: number | null;
}

export interface Mark {
  /** Enough to make the answer again. */
  readonly moment: string;
  /** Equal for answers that are made from the same, save for the user's own history and wishes. */
  readonly stamp: string;
}
