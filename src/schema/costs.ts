import { type GraphQLSchema, isObjectType } from "graphql";

/** What a field costs, in milliseconds of the server as `npm run bench -- cost` measures them. */
export interface FieldCost {
  /** Once for all parents together: a statement, a ranking. */
  readonly once?: number;
  /** Once more where an argument is given. */
  readonly given?: { readonly [argument: string]: number };
  /** For each parent. */
  readonly each?: number;
  /** For each row of it. */
  readonly row?: number;
  /** Rows of each parent, where no argument says how many. */
  readonly rows?: number;
  /** The argument, with dots to what is inside it, whose entries are the rows. */
  readonly size?: string;
  /** The most that `first` may be, where it is not the limit of pages. */
  readonly most?: number;
}

/** One row by an index, or what is in memory. */
const LOOK_UP: FieldCost = { once: 0.5 };
/** A page of a table by an index. */
const PAGE: FieldCost = { once: 0.86, row: 0.005 };
/** A few rows by their indexes, in a change that reaches the disk. */
const EDIT: FieldCost = { once: 5 };

/**
 * The costs of all root fields, and of fields that read, rank or list; all others cost what their kind does. Fitted to
 * measured times: `npm run bench -- cost` prints how well they follow them, and what would fit better. Fields of which
 * it asks nothing have the costs of those that do as much.
 */
export const COSTS: { readonly [field: string]: FieldCost } = {
  "Query._entities": { once: 0.62, row: 0.025, size: "representations" },
  "Query._service": LOOK_UP,
  "Query.answer": { once: 5, row: 0.1 },
  // All answers of the window that somebody followed.
  "Query.attributions": { once: 20, rows: 20 },
  "Query.changes": { once: 0.86, row: 0.005 },
  "Query.comparison": { once: 5 },
  "Query.duplicates": { once: 100, row: 1 },
  "Query.entities": { once: 0.47, given: { search: 0.2, orderBy: 0.9 }, row: 0.0052 },
  "Query.entity": { once: 0.05 },
  "Query.explanation": { once: 5.4, given: { scenario: 0.5 } },
  "Query.feedback": PAGE,
  "Query.findingCounts": { once: 1, rows: 10 },
  "Query.findings": PAGE,
  "Query.job": LOOK_UP,
  "Query.jobs": PAGE,
  // The vectors of all entities.
  "Query.likelyTriples": { once: 20, row: 0.025 },
  "Query.models": PAGE,
  "Query.node": LOOK_UP,
  "Query.nodes": { once: 0.62, row: 0.025, size: "ids" },
  "Query.paths": { once: 0.52, row: 0.005 },
  "Query.popularItems": { once: 1.2, row: 0.019 },
  "Query.proposals": PAGE,
  "Query.recommendations": { once: 2.2, given: { user: 5.4, scenario: 0.5 }, row: 0.06 },
  "Query.relation": LOOK_UP,
  "Query.relations": { once: 1, row: 0.005 },
  "Query.scenario": LOOK_UP,
  "Query.scenarios": { ...PAGE, rows: 20 },
  "Query.shapes": PAGE,
  "Query.similarItems": { once: 1.7, row: 0.024 },
  "Query.trendingItems": { once: 3, row: 0.1 },
  "Query.triples": { once: 1.5, row: 0.026 },
  // The histories of 200 users, and a score for each.
  "Query.usersFor": { once: 150, row: 0.06 },
  "Query.viewer": LOOK_UP,
  "AnswerItem.paths": { rows: 3 },
  "Change.diff": { once: 5, each: 0.05, row: 0.02 },
  // An import is one change with all its rows, which both of these read.
  "Change.diffCount": { once: 20, each: 1 },
  "Change.sentence": { once: 20, each: 1 },
  "ChangeDiff.fields": { rows: 5 },
  "Comparison.because": { rows: 5, row: 0.05 },
  "Entity.changes": { once: 0.5, each: 0.05, row: 0.02 },
  "Entity.degree": { once: 0.6, each: 0.024 },
  "Entity.mergedKeys": { once: 1, each: 0.003 },
  "Entity.similar": { each: 2, row: 0.1 },
  "Entity.triples": { once: 0.12, each: 0.0091, row: 0.005 },
  "Explanation.components": { rows: 4 },
  "Explanation.counterfactual": { each: 0.1, rows: 2 },
  "Explanation.evidence": { each: 0.0038, row: 0.005, most: 500 },
  "Explanation.sentence": { each: 0.034 },
  "Evidence.sentence": { each: 0.003 },
  "ItemImpact.because": { rows: 3 },
  "Path.steps": { rows: 3 },
  "PathStep.triple": { once: 0.05, each: 0.0034 },
  "Proposal.conflicts": { once: 5, each: 1, rows: 2 },
  "Proposal.contradicting": { once: 0, rows: 2 },
  "Proposal.diff": { once: 0, rows: 3 },
  "Relation.changes": { once: 0.5, each: 0.05, row: 0.02 },
  "Relation.tripleCount": { once: 0.33, each: 0.26 },
  "Scenario.versions": { each: 0.86, row: 0.005, rows: 20 },
  "SimilarItem.evidence": { each: 0.0031, row: 0.005, most: 500 },
  "Triple.changes": { once: 0.5, each: 0.05, row: 0.02 },
  "UserImpact.entering": { rows: 5 },
  "UserImpact.leaving": { rows: 5 },
  "UserImpact.moved": { rows: 5 },
  "ImpactPayload.users": { rows: 20 },
  "ProposalsPayload.proposals": { rows: 20 },
  // A model is proven before it serves.
  "Mutation.activateModel": { once: 100 },
  "Mutation.addFeedback": EDIT,
  "Mutation.addTriple": EDIT,
  "Mutation.cancelJob": EDIT,
  "Mutation.createEntity": EDIT,
  // A rule that is new is asked of all triples of the relation.
  "Mutation.defineRelation": { once: 20 },
  "Mutation.defineScenario": EDIT,
  "Mutation.defineShape": EDIT,
  "Mutation.deleteEntity": { once: 20 },
  "Mutation.deleteScenario": EDIT,
  "Mutation.deleteShape": EDIT,
  "Mutation.extractTriples": { once: 50 },
  "Mutation.forgetUser": { once: 20 },
  "Mutation.mergeEntities": { once: 20 },
  "Mutation.previewImpact": { once: 300 },
  "Mutation.proposeTriples": { once: 10, row: 0.5, size: "input.triples" },
  "Mutation.recordInteractions": { once: 5, row: 0.05, size: "input.interactions" },
  "Mutation.refuseDuplicate": EDIT,
  "Mutation.removeFeedback": EDIT,
  "Mutation.retractTriple": EDIT,
  "Mutation.revertChange": { once: 20 },
  "Mutation.reviewProposals": { once: 10, row: 3, size: "input.decisions" },
  // Jobs, of which one runs at a time, beside the requests.
  "Mutation.trainModel": { once: 100 },
  "Mutation.validateGraph": { once: 100 },
  "Mutation.updateEntity": EDIT,
  "Mutation.updateTriple": EDIT,
  "Mutation.withdrawProposals": { once: 5, row: 0.5, size: "input.ids" },
  "Subscription.graphChanged": LOOK_UP,
  "Subscription.jobProgress": LOOK_UP,
  "Subscription.recommendationsChanged": { once: 7.6, row: 0.06 },
};

/** What all else costs: a request, a value, an object, a root field, a mutation. */
export const KIND_COSTS = { request: 0.73, leaf: 0.0002, object: 0.0005, root: 0.5, mutation: 5 };

/** Lists that are short wherever they stand: what an edit has to say, and where a triple comes from. */
const SHORT: Readonly<Record<string, number>> = { problems: 2, sources: 1 };

/** Puts the costs beside what else the schema knows of its fields. @throws {TypeError} for a field that is not there */
export function declareCosts(schema: GraphQLSchema): void {
  for (const [name, cost] of Object.entries(COSTS)) {
    const [typeName, fieldName] = name.split(".");
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new TypeError(`costs are declared of ${name}, which is not in the schema`);
    field.extensions = { ...field.extensions, cost };
  }
  for (const type of Object.values(schema.getTypeMap()).filter((named) => isObjectType(named))) {
    for (const [name, rows] of Object.entries(SHORT)) {
      const field = type.name.startsWith("__") ? undefined : type.getFields()[name];
      if (field) field.extensions = { ...field.extensions, cost: { rows } };
    }
  }
  schema.extensions = { ...schema.extensions, cost: KIND_COSTS };
}
