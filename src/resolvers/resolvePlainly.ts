import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import type { Context } from "../context.ts";
import type { PathStep } from "../ranker/types.ts";
import type { Explanation, Recommendation } from "../recommend/types.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { EvidenceResolver } from "./EvidenceResolver.ts";
import { ExplanationResolver } from "./ExplanationResolver.ts";
import { PathStepResolver } from "./PathStepResolver.ts";
import { RecommendationResolver } from "./RecommendationResolver.ts";

/** Arguments as GraphQL gives them: no class is made of them. */
type Localized = { readonly locale?: string | null };
type Counted = { readonly first: number | null };

/**
 * Calls the resolvers of fields that a list of recommendations has by the hundred directly. type-graphql looks up the
 * instance, the parameters and the middleware for each value; these have plain parameters, and no middleware.
 */
export function resolvePlainly(schema: GraphQLSchema): void {
  const recommendation = new RecommendationResolver();
  const explanation = new ExplanationResolver();
  const evidence = new EvidenceResolver();
  const step = new PathStepResolver();
  plain<Recommendation>(schema, "Recommendation.item", (of, _, context) => recommendation.item(of, context));
  plain<Explanation, Counted>(schema, "Explanation.evidence", (of, { first }) =>
    explanation.evidence(of, first),
  );
  plain<Explanation, Localized>(schema, "Explanation.sentence", (of, { locale }, context) =>
    explanation.sentence(of, locale, context),
  );
  plain<ToldEvidence>(schema, "Evidence.path", (of) => evidence.path(of));
  plain<ToldEvidence, Localized>(schema, "Evidence.sentence", (of, { locale }, context) =>
    evidence.sentence(of, locale, context),
  );
  plain<PathStep>(schema, "PathStep.from", (of, _, context) => step.from(of, context));
  plain<PathStep>(schema, "PathStep.to", (of, _, context) => step.to(of, context));
  plain<PathStep>(schema, "PathStep.relation", (of, _, context) => step.relation(of, context));
}

function plain<Source, Args = object>(
  schema: GraphQLSchema,
  path: string,
  resolve: GraphQLFieldResolver<Source, Context, Args>,
): void {
  const [typeName, fieldName] = path.split(".");
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field?.resolve) throw new TypeError(`the schema has no resolver of ${path}`);
  field.resolve = resolve;
}
