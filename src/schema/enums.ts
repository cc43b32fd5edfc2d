import type { Role } from "../context.ts";
import type {
  ChangeAction,
  Datatype,
  Direction,
  EntityOrder,
  FeedbackKind,
  JobKind,
  JobStatus,
  ProblemCode,
  ProposalDecision,
  ProposalMethod,
  ProposalStatus,
  Severity,
  SourceMethod,
  TripleRank,
} from "../kg/types.ts";
import type { ComponentKind, StepKind } from "../ranker/types.ts";
import type { Fallback, RecommendationSource, ScenarioStart, WhyNotReason } from "../recommend/types.ts";
import { makeEnum } from "./makeEnum.ts";

/** GraphQL enum of `Direction`. */
export const DirectionEnum = makeEnum<Direction>("Direction", "Which way a triple is read.", {
  OUT: "From head to tail.",
  IN: "From tail to head.",
  BOTH: "Either way.",
});

/** GraphQL enum of `EntityOrder`. */
export const EntityOrderEnum = makeEnum<EntityOrder>("EntityOrder", "Order of a list of entities.", {
  NAME_ASC: "By name, A first.",
  NAME_DESC: "By name, Z first.",
  DEGREE_DESC: "Most triples first.",
  RELEVANCE: "Best match of `search` first.",
});

/** GraphQL enum of `TripleRank`. */
export const TripleRankEnum = makeEnum<TripleRank>("TripleRank", "How a triple stands among its like.", {
  PREFERRED: "The best statement of its kind.",
  NORMAL: "A statement like any other.",
  DEPRECATED: "Kept for the record and never used for ranking.",
});

/** GraphQL enum of `SourceMethod`. */
export const SourceMethodEnum = makeEnum<SourceMethod>("SourceMethod", "How a triple came into the graph.", {
  CURATOR: "Entered by a person.",
  IMPORT: "Read from a file.",
  EXTRACTION: "Extracted from text.",
});

/** GraphQL enum of `RecommendationSource`. */
export const RecommendationSourceEnum = makeEnum<RecommendationSource>(
  "RecommendationSource",
  "Which step of the fallback chain made a recommendation.",
  {
    PERSONAL: "From the user's own history.",
    SIMILAR: "From items like those given as interests or as the session.",
    BOOSTED: "No evidence leads to it, but a booster lifts it.",
    TRENDING: "From what everyone chooses more than before, because nothing personal is known.",
    POPULAR: "From what everyone chooses, because nothing personal is known.",
  },
);

/** GraphQL enum of `Fallback`. */
export const FallbackEnum = makeEnum<Fallback>("Fallback", "What fills a list where evidence does not.", {
  TRENDING: "What everyone chooses more than before.",
  POPULAR: "What everyone chooses.",
});

/** GraphQL enum of `ScenarioStart`. */
export const ScenarioStartEnum = makeEnum<ScenarioStart>("ScenarioStart", "Where a list starts from.", {
  ALL: "The session, the interests and all that the user did.",
  SESSION: "The session and the interests alone; what the user did only says what is seen.",
  NEWEST: "The newest item, or the few newest, of the session and of what the user did.",
});

/** GraphQL enum of `FeedbackKind`. */
export const FeedbackKindEnum = makeEnum<FeedbackKind>("FeedbackKind", "What a user wishes.", {
  EXCLUDE: "Never this item, or no item that is linked to this entity.",
  LESS: "Less because of this: evidence that leads through it is damped.",
});

/** GraphQL enum of `ComponentKind`. */
export const ComponentKindEnum = makeEnum<ComponentKind>("ComponentKind", "A part of the score.", {
  BEHAVIOUR: "What users did with the same items.",
  ITEM: "The item itself, such as its popularity.",
  KNOWLEDGE: "What the graph says.",
  TEXT: "What the items' texts say.",
  VECTOR: "What a named set of vectors says, such as images.",
  BOOST: "What a booster of the request or its scenario adds.",
});

/** GraphQL enum of `StepKind`. */
export const StepKindEnum = makeEnum<StepKind>("StepKind", "What a step of a path walks along.", {
  TRIPLE: "A triple of the graph.",
  CO_INTERACTION: "Users who interacted with both ends.",
  TEXT_SIMILARITY: "Likeness of the two texts.",
  VECTOR_SIMILARITY: "Likeness of the two vectors of a named set.",
});

/** GraphQL enum of `WhyNotReason`. */
export const WhyNotReasonEnum = makeEnum<WhyNotReason>(
  "WhyNotReason",
  "Why an item is not recommended now.",
  {
    ALREADY_INTERACTED: "The user interacted with it before.",
    EXCLUDED_BY_FILTER: "The filter leaves it out.",
    EXCLUDED_BY_USER: "The user wants it never, or nothing of what it is linked to.",
    NOT_AN_ITEM: "The entity may not be recommended.",
    NO_EVIDENCE: "No path leads to it from the user's history.",
    OUTRANKED: "Other items score higher.",
  },
);

/** GraphQL enum of `ProblemCode`. */
export const ProblemCodeEnum = makeEnum<ProblemCode>("ProblemCode", "What is wrong with an input.", {
  KEY_TAKEN: "An object with this key exists.",
  UNKNOWN_ENTITY: "No entity has this key.",
  UNKNOWN_RELATION: "No relation has this key.",
  UNKNOWN_TRIPLE: "No triple has this id.",
  UNKNOWN_CHANGE: "No change has this id.",
  CHANGE_CONFLICT: "A later edit stands in the way of reverting the change; the message names it.",
  TRIPLE_EXISTS: "The graph holds this triple already.",
  ENTITY_IN_USE: "Triples, interactions or merged entities lead to the entity.",
  ENTITY_MERGED: "The entity was merged into another one.",
  NOT_AN_ITEM: "The entity may not be recommended, so nobody can interact with it.",
  DOMAIN_VIOLATION: "The relation does not allow a head of this type.",
  RANGE_VIOLATION: "The relation does not allow a tail of this type.",
  CARDINALITY_VIOLATION: "The head has as many triples of this relation as are allowed.",
  SHAPE_VIOLATION: "The entity or triple breaks a shape, which the message names.",
  UNKNOWN_SHAPE: "No shape has this key.",
  DUPLICATE_VIOLATION: "The graph states the same twice, in both directions.",
  REVISION_CONFLICT: "The object has changed since `expectedRevision`.",
  IDEMPOTENCY_KEY_REUSED: "The idempotency key was used for a different request.",
  INVALID_VALUE: "The value is out of bounds or malformed.",
  UNKNOWN_MODEL: "No model has this id, or none served before.",
  UNUSABLE_MODEL: "The model cannot rank this graph; the message says why.",
  ACTIVE_MODEL_CHANGED: "Another model serves than `expectedActive`.",
  TRAINING_RUNS: "A training runs already; one at a time.",
  VALIDATION_RUNS: "A validation runs already; one at a time.",
  UNKNOWN_JOB: "No job has this id.",
  JOB_ENDED: "The job has ended already.",
  UNKNOWN_PROPOSAL: "No proposal has this id, or none of the viewer's.",
  PROPOSAL_CLOSED: "The proposal was accepted, rejected or withdrawn already.",
  OWN_PROPOSAL: "Nobody accepts what they support.",
  UNKNOWN_SCENARIO: "No scenario has this key.",
  UNKNOWN_FEEDBACK: "The user has given no feedback with this id, or has taken it back.",
});

/** GraphQL enum of `Datatype`. */
export const DatatypeEnum = makeEnum<Datatype>("Datatype", "What a value must be.", {
  STRING: "Text.",
  NUMBER: "A number.",
  INTEGER: "A whole number.",
  BOOLEAN: "True or false.",
  DATE: "A day as in ISO 8601, such as 2026-01-31.",
  DATE_TIME: "A moment as in ISO 8601, such as 2026-01-31T10:15:30Z.",
  URL: "An absolute address.",
});

/** GraphQL enum of `Severity`. */
export const SeverityEnum = makeEnum<Severity>("Severity", "How much a problem weighs.", {
  ERROR: "It is refused: nothing is written.",
  WARNING: "It is told, and the edit is written.",
});

/** GraphQL enum of what a diff is about. */
export const ChangeSubjectEnum = makeEnum<"ENTITY" | "RELATION" | "TRIPLE" | "SHAPE" | "OTHER">(
  "ChangeSubject",
  "What a change was made to.",
  {
    ENTITY: "An entity.",
    RELATION: "A relation.",
    TRIPLE: "A triple.",
    SHAPE: "What entities of a type must be like.",
    OTHER: "Anything else that the change log keeps.",
  },
);

/** GraphQL enum of `ChangeAction`. */
export const ChangeActionEnum = makeEnum<ChangeAction>("ChangeAction", "What became of something.", {
  ADDED: "It was not there before.",
  CHANGED: "It was there before and after.",
  REMOVED: "It is not there any more.",
});

/** GraphQL enum of `JobKind`. */
export const JobKindEnum = makeEnum<JobKind>("JobKind", "What a job is for.", {
  TRAIN: "Fits a model.",
  VALIDATE: "Checks the graph against the rules of its relations and its shapes.",
});

/** GraphQL enum of `JobStatus`. */
export const JobStatusEnum = makeEnum<JobStatus>("JobStatus", "Where a job stands.", {
  QUEUED: "Its work has not begun.",
  RUNNING: "It works.",
  DONE: "It has done all it was asked for.",
  FAILED: "It ended with an error.",
  CANCELLED: "It was ended before it was done.",
});

/** GraphQL enum of `Role`. */
export const RoleEnum = makeEnum<Role>("Role", "What a viewer may do; each role includes those before it.", {
  VIEWER: "Reads and records interactions.",
  CURATOR: "Edits the graph.",
  ADMIN: "Operates the gateway.",
});

/** GraphQL enum of `ProposalStatus`. */
export const ProposalStatusEnum = makeEnum<ProposalStatus>("ProposalStatus", "Where a proposal stands.", {
  PENDING: "Waits for a curator.",
  ACCEPTED: "Became a triple.",
  REJECTED: "Was turned down.",
  WITHDRAWN: "Was taken back by all who proposed it.",
});

/** GraphQL enum of `ProposalMethod`. */
export const ProposalMethodEnum = makeEnum<ProposalMethod>(
  "ProposalMethod",
  "How a proposed triple was found.",
  {
    MANUAL: "By a person.",
    GAZETTEER: "By names of the graph that stand in a text.",
    PATTERN: "By the words of a relation between two names of a text.",
    MODEL: "By a language model that read a text.",
    LINK_PREDICTION: "By an embedding of the graph.",
  },
);

/** GraphQL enum of the two ways that a review may end. */
export const ProposalDecisionEnum = makeEnum<ProposalDecision["decision"]>(
  "ProposalDecision",
  "What becomes of a proposal.",
  {
    ACCEPT: "It becomes a triple.",
    REJECT: "It is turned down.",
  },
);
