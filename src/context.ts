import type DataLoader from "dataloader";
import type { Viewer } from "./access/types.ts";
import type {
  Activation,
  Change,
  ChangeDiff,
  ChangeLinks,
  ChangeRow,
  ChangeSummary,
  Curation,
  DiffArguments,
  Direction,
  EditOptions,
  EditResult,
  Entity,
  EntityBy,
  EntityId,
  FeedbackStore,
  GraphPath,
  Job,
  Jobs,
  Knowledge,
  LikelyTriple,
  LinkQuestion,
  ModelRecord,
  Page,
  PageArguments,
  Past,
  Problem,
  Proposal,
  ProposalAssessment,
  Proposals,
  Relation,
  RelationId,
  Revision,
  Scenarios,
  Triple,
  TripleId,
  TriplesOfArguments,
} from "./kg/types.ts";
import type { ModelInfo } from "./ranker/types.ts";
import type { RecommendationPage, Recommender, RecommendRequest, UserImpact } from "./recommend/types.ts";
import type { DuplicatePair, Extraction, ExtractionMethod, QuestionResult } from "./text/types.ts";

export type { Role, Viewer } from "./access/types.ts";

/** Per-request loaders: one SQL statement per kind and level of a query, whatever its size. */
export interface Loaders {
  readonly entities: DataLoader<EntityId, Entity | null>;
  readonly relations: DataLoader<RelationId, Relation | null>;
  /** By key; a merged entity's leads to its survivor. */
  readonly entitiesByKey: DataLoader<string, Entity | null>;
  readonly relationsByKey: DataLoader<string, Relation | null>;
  readonly triples: DataLoader<TripleId, Triple | null>;
  /** Keys of the entities merged into one. */
  readonly mergedKeys: DataLoader<EntityId, readonly string[]>;
  readonly modelRecords: DataLoader<string, ModelRecord | null>;
  readonly tripleCounts: DataLoader<RelationId, number>;
  /** Nested pages: the loader for one set of arguments; equal arguments share it. */
  triplesOf(page: TriplesOfArguments): DataLoader<EntityId, Page<Triple>>;
  changesOf(page: PageArguments): DataLoader<EntityId, Page<Change>>;
  changesOfRelation(page: PageArguments): DataLoader<RelationId, Page<Change>>;
  changesOfTriple(page: PageArguments): DataLoader<TripleId, Page<Change>>;
  readonly changes: DataLoader<Revision, Change | null>;
  readonly changeLinks: DataLoader<Revision, ChangeLinks | null>;
  readonly changeSummaries: DataLoader<Revision, ChangeSummary | null>;
  diffsOf(page: DiffArguments): DataLoader<Revision, readonly ChangeDiff[]>;
  /** Live triples that touch an entity; `relation` is a key. */
  degrees(direction: Direction, relation: string | null): DataLoader<EntityId, number>;
  /** Forgets what was loaded; an edit calls it, so that the same request sees its own writes. */
  clear(): void;
}

/** Reads that need not wait: what is in memory and known to be as Postgres has it; undefined for all else. */
export interface AtHand {
  entity(by: EntityBy): Entity | undefined;
  relation(id: RelationId): Relation | undefined;
  entitiesOfType(
    query: Parameters<Knowledge["findEntities"]>[0],
    page: PageArguments,
  ): Page<Entity> | undefined;
  triplesOf(id: EntityId, page: TriplesOfArguments): Page<Triple> | undefined;
}

/** An answer made again, with what it names as it was then. */
export interface Replayed {
  readonly page: RecommendationPage;
  readonly entities: ReadonlyMap<EntityId, Entity>;
  readonly relations: ReadonlyMap<RelationId, Relation>;
  readonly triples: ReadonlyMap<TripleId, Triple>;
}

/** An edit to try, and whom to measure it on. */
export interface ImpactRequest {
  /** Makes the edit with what it is given; the edit is rolled back. */
  edit(tools: {
    readonly curation: Curation;
    readonly proposals: Proposals;
  }): Promise<Pick<EditResult<unknown>, "problems" | "graphRevision">>;
  /** Keys of users; a sample where absent. */
  readonly users?: readonly string[] | null;
  /** How many users to sample: those near to what is edited, then anybody. */
  readonly sample: number;
  readonly seed: number;
  /** How many recommendations of each to compare. */
  readonly first: number;
}

export interface ImpactResult {
  readonly problems: readonly Problem[];
  /** The revision that the edit would follow. */
  readonly graphRevision: Revision;
  /** What the edit would write. */
  readonly rows: readonly ChangeRow[];
  readonly users: readonly UserImpact[];
}

/** What resolvers get: everything they may do. */
export interface Context extends Loaders {
  readonly viewer: Viewer;
  /** Languages that the client prefers (BCP 47), the dearest first. */
  readonly languages?: readonly string[];
  /** Times the stages of recommending, for whoever watches the request. */
  readonly timeStage?: <T>(stage: "history" | "ranking" | "evidence" | "sentences", work: () => T) => T;
  readonly knowledge: Knowledge;
  /** Where the graph is read from memory, as it is now. */
  atHand?: AtHand;
  /** Told, of what a field has given, how to find out whether it still holds; null: it holds for this request alone. */
  readonly holdsWhile?: (test: (() => boolean) | null) => void;
  /** The graph as it was. */
  readonly past: Past;
  /** Loaders that read as of a revision. */
  pastLoaders(revision: Revision): {
    readonly entities: DataLoader<EntityId, Entity | null>;
    readonly relations: DataLoader<RelationId, Relation | null>;
  };
  readonly curation: Curation;
  readonly proposals: Proposals;
  /** What accepting a proposal would come to: one transaction for all of a page. */
  readonly assessments: DataLoader<Proposal, ProposalAssessment, Proposal["id"]>;
  readonly recommender: Recommender;
  readonly models: {
    findModels(page: PageArguments): Promise<Page<ModelRecord>>;
    findModel(id: string): Promise<ModelRecord | null>;
    /** The model that serves in this process. */
    active(): ModelInfo;
    /** Makes a model serve in all processes, in this one before it returns. */
    activate(activation: Activation, options: EditOptions): Promise<EditResult<ModelRecord>>;
  };
  readonly jobs: Jobs;
  readonly feedback: FeedbackStore;
  readonly scenarios: Scenarios;
  /** Names an answer by what it was made with; each call gives another name. */
  nameAnswer(origin: {
    readonly model: string;
    readonly revision: Revision;
    readonly scenario: { readonly key: string; readonly version: number } | null;
  }): string;
  readonly links: {
    /**
     * Likeliest first.
     * @throws {DomainError} CONFIGURATION where no embedding is trained, naming the command that trains one
     */
    findLikely(question: LinkQuestion): Promise<readonly LikelyTriple[]>;
  };
  /** What happens from now on, for subscriptions; `drop` is called where it is read too slowly. */
  readonly live: {
    changes(entity: EntityId | null, drop: (why: string) => void): AsyncIterable<Change>;
    job(id: string, drop: (why: string) => void): AsyncIterable<Job>;
    recommendations(
      request: { readonly user: string; readonly first: number },
      drop: (why: string) => void,
    ): Promise<AsyncIterable<RecommendationPage>>;
  };
  /** Ends the connection of a client that is too slow, for this reason. */
  drop(why: string): void;
  /**
   * Makes an answer again as it was, from what its `moment` says it was made from.
   * @throws {DomainError} BAD_USER_INPUT for what is no moment of this database; NOT_FOUND where its model is gone;
   * CONFLICT where vectors or interactions that it was made from are no more; UNAVAILABLE where it is too long ago
   */
  replay(moment: string, request: RecommendRequest): Promise<Replayed>;
  /** Measures what an edit would do to recommendations. */
  previewImpact(request: ImpactRequest): Promise<ImpactResult>;
  readonly texts: {
    /** @throws {DomainError} BAD_USER_INPUT where the question is blank or too long */
    answer(question: string, first: number): Promise<QuestionResult>;
    /**
     * The triples that a text states, in its order; `methods` null for all, `likely` how many predicted ones of
     * each entity that it names (0 where absent). Writes nothing.
     * @throws {DomainError} BAD_USER_INPUT where the text is blank or too long, UNAVAILABLE where a configured model is
     */
    extract(
      text: string,
      options?: { readonly methods?: readonly ExtractionMethod[] | null; readonly likely?: number },
    ): Promise<readonly Extraction[]>;
  };
  readonly duplicates: {
    /** Likeliest first. */
    find(minScore: number, page: Pick<PageArguments, "first" | "after">): Promise<Page<DuplicatePair>>;
    /** Keys of two entities that are not the same. */
    refuse(
      pair: { readonly entity: string; readonly other: string },
      options: Pick<EditOptions, "actor" | "reason" | "dryRun">,
    ): Promise<Pick<EditResult<unknown>, "problems" | "graphRevision">>;
  };
  /** Shortest, then strongest, from the snapshot. */
  findPaths(
    from: EntityId,
    to: EntityId,
    options: { maxLength: number; first: number },
  ): readonly GraphPath[];
  /** The compute backend, in words; opened where it is not yet. */
  backend(): Promise<string>;
  /** Revision of the snapshot that answers. */
  graphRevision(): Revision;
}
