import type { NodeType } from "../../src/schema/globalId.ts";

/**
 * What each root field needs, written down by hand and apart from the code: scopes of which one is needed, none where
 * everybody may. A field that is not here fails the test.
 */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  "Query._entities": [], // by the type: NODE_NEEDS
  "Query._service": ["graph:read"],
  "Query.answer": ["graph:read"],
  "Query.attributions": ["graph:write"],
  "Query.changes": ["graph:read"],
  "Query.comparison": ["recommend:read"],
  "Query.duplicates": ["graph:write"],
  "Query.entities": ["graph:read"],
  "Query.entity": ["graph:read"],
  "Query.explanation": ["recommend:read"],
  "Query.feedback": ["recommend:read"],
  "Query.findingCounts": ["graph:write"],
  "Query.findings": ["graph:write"],
  "Query.job": ["graph:write", "models:write"],
  "Query.jobs": ["graph:write", "models:write"],
  "Query.likelyTriples": ["graph:write"],
  "Query.models": ["recommend:read"],
  "Query.node": [], // by the type: NODE_NEEDS
  "Query.nodes": [],
  "Query.paths": ["graph:read"],
  "Query.popularItems": ["recommend:read"],
  "Query.proposals": ["proposals:write"], // those of others: graph:write
  "Query.recommendations": ["recommend:read"],
  "Query.relation": ["graph:read"],
  "Query.relations": ["graph:read"],
  "Query.scenario": ["recommend:read"],
  "Query.scenarios": ["recommend:read"],
  "Query.shapes": ["graph:read"],
  "Query.similarItems": ["recommend:read"],
  "Query.trendingItems": ["recommend:read"],
  "Query.triples": ["graph:read"],
  "Query.usersFor": ["graph:write"],
  "Query.viewer": [],
  "Mutation.activateModel": ["models:write"],
  "Mutation.addFeedback": ["interactions:write"],
  "Mutation.addTriple": ["graph:write"],
  "Mutation.cancelJob": ["graph:write", "models:write"],
  "Mutation.createEntity": ["graph:write"],
  "Mutation.defineRelation": ["graph:write"],
  "Mutation.defineScenario": ["graph:write"],
  "Mutation.defineShape": ["graph:write"],
  "Mutation.deleteEntity": ["graph:write"],
  "Mutation.deleteScenario": ["graph:write"],
  "Mutation.deleteShape": ["graph:write"],
  "Mutation.extractTriples": ["proposals:write"],
  "Mutation.forgetUser": ["users:erase"],
  "Mutation.mergeEntities": ["graph:write"],
  "Mutation.previewImpact": ["graph:write"],
  "Mutation.proposeTriples": ["proposals:write"],
  "Mutation.recordInteractions": ["interactions:write"],
  "Mutation.refuseDuplicate": ["graph:write"],
  "Mutation.removeFeedback": ["interactions:write"],
  "Mutation.retractTriple": ["graph:write"],
  "Mutation.revertChange": ["graph:write"],
  "Mutation.reviewProposals": ["graph:write"],
  "Mutation.trainModel": ["models:write"],
  "Mutation.updateEntity": ["graph:write"],
  "Mutation.updateTriple": ["graph:write"],
  "Mutation.validateGraph": ["graph:write"],
  "Mutation.withdrawProposals": ["proposals:write"],
  "Subscription.graphChanged": ["graph:read"],
  "Subscription.jobProgress": ["graph:write", "models:write"],
  "Subscription.recommendationsChanged": ["recommend:read"],
};

/** What an object of each type needs where it is read by its global id: one scope of each list. */
export const NODE_NEEDS: Readonly<Record<NodeType, readonly (readonly string[])[]>> = {
  Entity: [["graph:read"]],
  Relation: [["graph:read"]],
  Triple: [["graph:read"]],
  Change: [["graph:read"]],
  Model: [["recommend:read"]],
  Job: [["graph:write", "models:write"]],
  Proposal: [["proposals:write"], ["graph:write"]], // the test reads one of somebody else's
};

const READ = ["graph:read", "recommend:read"];
const VIEWER = [...READ, "metrics:read", "interactions:write", "proposals:write"];
const CURATOR = [...VIEWER, "graph:write"];
const ADMIN = [...CURATOR, "models:write", "users:erase"];

/** Who tries: what each may do, by hand too. The last are admins' keys with one scope each. */
export const VIEWERS: Readonly<Record<string, readonly string[]>> = {
  "nobody, where reading is open": READ,
  "nobody, where it needs a key": [],
  "a VIEWER": VIEWER,
  "a CURATOR": CURATOR,
  "an ADMIN": ADMIN,
  "a key without scopes": [],
  "a token of a CURATOR": CURATOR,
  ...Object.fromEntries(ADMIN.map((scope) => [`a key for ${scope}`, [scope]])),
};
