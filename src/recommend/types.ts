import type { EntityId, RelatedTo, Revision, Triple } from "../kg/types.ts";
import type { Evidence, HistoryItem, ModelInfo, ScoredItem } from "../ranker/types.ts";

export type * from "./impactTypes.ts";

/** Which step of the fallback chain made a recommendation. */
export type RecommendationSource = "PERSONAL" | "SIMILAR" | "POPULAR";

/** Why the score of an item is what it is; complete data, nothing is computed later. */
export interface Explanation extends ScoredItem {
  /** 1 = best; null where the item is not a candidate. */
  readonly rank: number | null;
  readonly source: RecommendationSource;
  readonly whyNot: WhyNot | null;
  readonly model: ModelInfo;
  readonly graphRevision: Revision;
  /** History items by id: their interaction kind is the verb of the sentence. */
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
  /** A smallest found set of triples without which the item leaves the top 10; computed on demand. */
  counterfactual(): Promise<readonly Triple[]>;
}

export interface Recommendation {
  readonly item: EntityId;
  readonly rank: number;
  readonly score: number;
  readonly source: RecommendationSource;
  readonly explanation: Explanation;
}

/** A page of recommendations. `cursor` of an edge resumes behind it. */
export interface RecommendationPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Recommendation }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly model: ModelInfo;
  readonly graphRevision: Revision;
  /** What it was made from, to make it again; null or absent where it cannot be. */
  readonly moment?: string | null;
}

export type WhyNotReason =
  | "ALREADY_INTERACTED"
  | "EXCLUDED_BY_FILTER"
  | "NOT_AN_ITEM"
  | "NO_EVIDENCE"
  | "OUTRANKED";

export interface WhyNot {
  readonly reason: WhyNotReason;
  readonly detail: string;
  /** What is missing to the last place of the top 10, where the reason is OUTRANKED. */
  readonly scoreGap: number | null;
}

export interface Comparison {
  readonly item: Explanation;
  readonly over: Explanation;
  /** item.score − over.score */
  readonly difference: number;
  /** The evidence that decides, strongest first. */
  readonly because: readonly Evidence[];
}

export interface SimilarItem {
  readonly item: EntityId;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
}

/** Filter as the API gives it: keys, not ids. */
export interface ItemFilter {
  readonly types?: readonly string[] | null;
  readonly has?: readonly RelatedTo[] | null;
  readonly hasNot?: readonly RelatedTo[] | null;
  readonly exclude?: readonly string[] | null;
  readonly minConfidence?: number | null;
}

export interface RecommendRequest {
  readonly user?: string | null;
  /** Entity keys that stand in for, or add to, a history. */
  readonly interests?: readonly string[] | null;
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: ItemFilter | null;
  readonly includeInteracted?: boolean;
  /** 0..1 */
  readonly diversity?: number;
  readonly minRevision?: Revision | null;
}

/** The use cases that resolvers may call. */
export interface Recommender {
  recommend(request: RecommendRequest): Promise<RecommendationPage>;
  popular(request: {
    readonly first: number;
    readonly after?: string | null;
    readonly filter?: ItemFilter | null;
    /** Seconds back from now; null for all time. */
    readonly windowSeconds?: number | null;
  }): Promise<RecommendationPage>;
  similar(item: EntityId, first: number, filter?: ItemFilter | null): Promise<readonly SimilarItem[]>;
  explain(user: string, item: EntityId): Promise<Explanation>;
  compare(user: string, item: EntityId, over: EntityId): Promise<Comparison>;
}
