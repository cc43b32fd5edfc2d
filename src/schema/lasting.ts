import { type GraphQLSchema, isObjectType } from "graphql";

/**
 * Fields that are a function of their arguments, their parent and the graph at one revision, and nothing else: neither
 * of the time, nor of users, models or jobs. Recommendations are among them, because they say for how long they hold.
 */
const LASTING: Readonly<Record<string, readonly string[]>> = {
  Query: ["entities", "entity", "recommendations", "relation", "relations", "triples"],
  Entity: [
    ...["aliases", "attributes", "degree", "description", "id", "isItem", "key", "mergedKeys", "name"],
    ...["revision", "triples", "type"],
  ],
  Triple: [
    ...["confidence", "head", "id", "qualifiers", "rank", "relation", "revision", "sources", "tail"],
    ...["validFrom", "validTo"],
  ],
  Source: ["method", "name", "proposedBy", "quote", "retrievedAt", "url"],
  Relation: [
    ...["domain", "id", "inverseLabel", "key", "label", "maxPerHead", "range", "revision", "symmetric"],
    "tripleCount",
  ],
  EntityConnection: ["edges", "nodes", "pageInfo"],
  EntityEdge: ["cursor", "node"],
  TripleConnection: ["edges", "nodes", "pageInfo"],
  TripleEdge: ["cursor", "node"],
  RelationConnection: ["edges", "nodes", "pageInfo"],
  RelationEdge: ["cursor", "node"],
  PageInfo: ["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"],
  // Not recommendationId, which is another for each answer.
  RecommendationConnection: ["edges", "graphRevision", "moment", "nodes", "pageInfo", "scenario"],
  RecommendationEdge: ["cursor", "node"],
  AppliedScenario: ["key", "version"],
  Recommendation: ["confidence", "explanation", "item", "rank", "score", "source"],
  Explanation: [
    ...["bias", "components", "counterfactual", "evidence", "explainedFraction", "graphRevision", "item"],
    ...["rank", "score", "sentence"],
  ],
  ScoreComponent: [
    ...["booster", "kind", "otherEvidence", "otherEvidenceCount", "value", "vectors", "weight"],
  ],
  Evidence: [
    ...["attention", "component", "contribution", "damping", "deltaIfRemoved", "path", "sentence", "vectors"],
  ],
  Path: ["length", "steps"],
  PathStep: ["direction", "from", "kind", "relation", "to", "triple", "weight"],
};

/**
 * Marks those fields in a schema (`extensions.lasting`): an answer of them alone may be kept.
 * @throws {TypeError} that names one that the schema lacks
 */
export function markLasting(schema: GraphQLSchema): void {
  for (const [typeName, names] of Object.entries(LASTING)) {
    const type = schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    for (const name of names) {
      const field = fields[name];
      if (!field) throw new TypeError(`the schema has no ${typeName}.${name}`);
      field.extensions = { ...field.extensions, lasting: true };
    }
  }
}
