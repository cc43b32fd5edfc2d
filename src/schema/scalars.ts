import { GraphQLScalarType } from "graphql";
import { GraphQLDateTime, GraphQLDuration, GraphQLJSONObject } from "graphql-scalars";

/** A moment as RFC 3339 text, a `Date` inside. */
export const DateTime = described(GraphQLDateTime, "A moment as in RFC 3339, such as 2026-01-31T10:15:30Z.");

/** A JSON object, untouched. */
export const JSONObject = described(GraphQLJSONObject, "A JSON object.");

/** ISO 8601 text; see `durationSeconds` for its length. */
export const Duration = described(
  GraphQLDuration,
  "A length of time as in ISO 8601, such as P30D or PT12H. A month counts as 30 days, a year as 365.",
);

function described(scalar: GraphQLScalarType, description: string): GraphQLScalarType {
  return new GraphQLScalarType({ ...scalar.toConfig(), description, extensions: {}, astNode: null });
}
