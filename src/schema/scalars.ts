import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
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

/** A text, number or boolean of JSON. */
export const Scalar = new GraphQLScalarType({
  name: "Scalar",
  description: "A text, a number or a boolean.",
  serialize: (value) => value,
  parseValue: assertScalar,
  parseLiteral(node) {
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
    if (node.kind === Kind.STRING || node.kind === Kind.BOOLEAN) return node.value;
    throw new GraphQLError(`expected a text, a number or a boolean, not ${node.kind}`, { nodes: node });
  },
});

function assertScalar(value: unknown): string | number | boolean {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new GraphQLError(`expected a text, a number or a boolean, not ${JSON.stringify(value)}`);
}

function described(scalar: GraphQLScalarType, description: string): GraphQLScalarType {
  return new GraphQLScalarType({ ...scalar.toConfig(), description, extensions: {}, astNode: null });
}
