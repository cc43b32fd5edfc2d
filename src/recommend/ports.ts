import type { Entity, EntityId, Graph, Revision, Triple, TripleId } from "../kg/types.ts";
import type { HistoryItem, ModelInfo, ScoredItem } from "../ranker/types.ts";

/** What recommending needs of the knowledge graph and its store. Each call that reads Postgres is one statement. */
export interface GraphPort {
  /** The snapshot as it is now; synchronous work on it sees one state. */
  graph(): Graph;
  /** Waits until the snapshot has reached `revision`. */
  waitFor(revision: Revision): Promise<void>;
  /** A user's items, and what was read: the answer can be marked with it. */
  findHistory(user: string): Promise<SeenHistory>;
  /** By the keys as asked; a merged key leads to its survivor. */
  findEntitiesByKeys(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>>;
  findTriples(ids: readonly TripleId[]): Promise<ReadonlyMap<TripleId, Triple>>;
  /** Items by interactions, most first; `sinceSeconds` null for all time. */
  countInteractions(
    sinceSeconds: number | null,
    limit: number,
  ): Promise<readonly { readonly itemId: EntityId; readonly count: number }[]>;
}

/** A history, and what Postgres saw when it was read. */
export interface SeenHistory {
  /** Newest first, each once. */
  readonly items: readonly HistoryItem[];
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
  collect(history: readonly number[], ordered: boolean): S;
  rank(
    signals: S,
    options: { readonly accepts: (item: number) => boolean; readonly diversity?: number },
  ): RankedItem[];
  explain(signals: S, item: number, limit: number): ScoredItem;
  readonly popular: ArrayLike<number>;
  interactionsOf(item: number): number;
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
  mark?(made: {
    readonly graph: Graph;
    readonly model: ModelInfo;
    readonly history: SeenHistory | null;
  }): string | null;
}
