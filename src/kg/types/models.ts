import type { EditOptions, EditResult, Severity } from "./curation.ts";
import type { EntityId, JSONObject, Revision } from "./graph.ts";
import type { Page, PageArguments } from "./reading.ts";
import type { Finding, FindingCount } from "./shapes.ts";

/** What a model was fitted on, and what came of it: the facts of its card. */
export interface ModelData {
  readonly users: number;
  readonly items: number;
  readonly entities: number;
  readonly triples: number;
  /** What was held out to learn and judge by, in words. */
  readonly split: string;
  readonly seconds: number;
  /** Fusion weights by component; a vector set as "TEXT name". */
  readonly fusion: { readonly [component: string]: number };
  /** Keys of some of its entities by id: they tell this graph from another. */
  readonly sample: { readonly [id: EntityId]: string };
}

/** A stored model without its artifact. */
export interface ModelRecord {
  readonly id: string;
  readonly config: JSONObject;
  readonly configDigest: string;
  readonly dataRevision: Revision;
  readonly interactions: number;
  readonly metrics: { readonly [name: string]: number };
  /** Empty of a model that was stored before these were kept. */
  readonly data: Partial<ModelData>;
  readonly digest: string;
  readonly createdAt: Date;
}

/** Exactly one of `id` and `previous`: a stored model, or the one that served before. */
export interface Activation {
  readonly id?: string | null;
  readonly previous?: boolean | null;
  /** Refused with ACTIVE_MODEL_CHANGED where another one serves. */
  readonly expectedActive?: string | null;
}

export type JobKind = "TRAIN" | "VALIDATE";
export type JobStatus = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

/** Work that goes on after the answer to whoever asked for it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  /** 0..1 */
  readonly progress: number;
  /** What it does now. */
  readonly message: string | null;
  /** Why it failed. */
  readonly error: string | null;
  readonly actor: string;
  readonly reason: string | null;
  readonly input: JSONObject;
  readonly modelId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TrainRequest {
  /** Settings that are fixed; the others are searched over. */
  readonly config?: JSONObject | null;
  readonly seed?: number | null;
  /** Whether the new model serves once it is fitted; true where absent. */
  readonly activate?: boolean | null;
}

/** Trainings and validations: one of each at a time per database. */
export interface Jobs {
  /** Starts one and returns at once; TRAINING_RUNS where one runs already. */
  train(request: TrainRequest, options: EditOptions): Promise<EditResult<Job>>;
  /** Starts a validation of the graph and returns at once; VALIDATION_RUNS where one runs already. */
  validate(options: EditOptions): Promise<EditResult<Job>>;
  /** What a validation has found, by default the newest one; empty once a newer one has begun. */
  findFindings(
    of: { readonly job?: string | null; readonly severity?: Severity | null },
    page: PageArguments,
  ): Promise<Page<Finding>>;
  /** The same, counted by rule. */
  countFindings(job: string | null | undefined): Promise<readonly FindingCount[]>;
  /** Ends a job wherever it runs, and returns once it has; with `actor` only one that he started. */
  cancel(id: string, actor?: string | null): Promise<EditResult<Job>>;
  /** Null where there is none; with `actor` also where somebody else started it. */
  findJob(id: string, actor?: string | null): Promise<Job | null>;
  /** Newest first; with `actor` only those that he started. */
  findJobs(page: PageArguments, actor?: string | null): Promise<Page<Job>>;
}
