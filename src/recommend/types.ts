import type { Entity, EntityId, Relation, RelationId, Revision, Triple, TripleId } from "../kg/types.ts";
import type { Evidence, HistoryItem, ModelInfo, ScoredItem } from "../ranker/types.ts";
import type { Booster, ItemFilter } from "./filterTypes.ts";
import type { Scenario } from "./scenario.ts";

export type * from "./filterTypes.ts";
export type * from "./impactTypes.ts";
export type { Scenario, ScenarioStart } from "./scenario.ts";

/** Which step of the fallback chain made a recommendation. */
export type RecommendationSource = "PERSONAL" | "SIMILAR" | "BOOSTED" | "TRENDING" | "POPULAR";
/** What may fill a list where evidence does not. */
export type Fallback = "TRENDING" | "POPULAR";

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
  /** Share of the score that evidence carries, see `confidenceOf`. */
  readonly confidence: number;
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
  /** The version of the scenario that was asked for. */
  readonly scenario?: { readonly key: string; readonly version: number } | null;
  /** Makes the test whether the same request would still be answered by this page; null or absent where none can tell. */
  readonly makeTest?: (() => () => boolean) | null;
  /** Of a page of the past: what it names, as it was then. */
  readonly named?: NamedThen;
}

/** Entities, relations and triples as they were. */
export interface NamedThen {
  readonly entities: ReadonlyMap<EntityId, Entity>;
  readonly relations: ReadonlyMap<RelationId, Relation>;
  readonly triples: ReadonlyMap<TripleId, Triple>;
}

export type WhyNotReason =
  | "ALREADY_INTERACTED"
  | "EXCLUDED_BY_FILTER"
  | "EXCLUDED_BY_USER"
  | "NOT_AN_ITEM"
  | "NO_EVIDENCE"
  | "OUTRANKED";

export interface WhyNot {
  readonly reason: WhyNotReason;
  /** Null where it is no candidate. */
  readonly rank: number | null;
  /** The last rank that counts as recommended. */
  readonly top: number;
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

/** A user who would like an item. */
export interface UserMatch {
  readonly user: string;
  readonly score: number;
  readonly explanation: Explanation;
}

export interface RecommendRequest {
  readonly user?: string | null;
  /** Entity keys that stand in for, or add to, a history. */
  readonly interests?: readonly string[] | null;
  /** Key of a stored scenario, see `joinScenario`. */
  readonly scenario?: string | null;
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: ItemFilter | null;
  readonly boosters?: readonly Booster[] | null;
  /** Keys of the items of this visit, newest last: where a list starts from, and what is not recommended back. */
  readonly session?: readonly string[] | null;
  readonly includeInteracted?: boolean;
  /** 0..1 */
  readonly diversity?: number;
  /** 0..1, see `confidenceOf`. */
  readonly minConfidence?: number | null;
  /** Both, in their order, where left out. */
  readonly fallback?: readonly Fallback[] | null;
  /** How far TRENDING looks back; a week where left out. */
  readonly trendingSeconds?: number | null;
  readonly minRevision?: Revision | null;
  /** Items to leave out of a page that is made again: ids of what the user has seen since. */
  readonly hide?: ReadonlySet<EntityId>;
}

/** A list of which some items are explained. */
export type ExplainRequest = Omit<RecommendRequest, "first" | "after" | "hide">;

/** A list of what everyone chooses. */
export interface PopularRequest {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: ItemFilter | null;
  /** Seconds back from now; null for all time. */
  readonly windowSeconds?: number | null;
}

/** The use cases that resolvers may call. */
export interface Recommender {
  recommend(request: RecommendRequest): Promise<RecommendationPage>;
  popular(request: PopularRequest): Promise<RecommendationPage>;
  /** What is chosen more in the window than in the one before it. */
  trending(request: PopularRequest & { readonly windowSeconds: number }): Promise<RecommendationPage>;
  similar(item: EntityId, first: number, filter?: ItemFilter | null): Promise<readonly SimilarItem[]>;
  /** Users who would like an item, likeliest first. */
  usersFor(item: EntityId, first: number): Promise<readonly UserMatch[]>;
  /** @throws {DomainError} BAD_USER_INPUT where a scenario could not be recommended with */
  check(scenario: Scenario): Promise<void>;
  /** Why this item in the list that the request asks for, whatever its rank. */
  explain(request: ExplainRequest, item: EntityId): Promise<Explanation>;
  compare(request: ExplainRequest, item: EntityId, over: EntityId): Promise<Comparison>;
}
