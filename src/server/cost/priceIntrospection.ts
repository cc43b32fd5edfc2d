import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  introspectionTypes,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import type { FieldCost } from "../../schema/costs.ts";

const FEW = 4; // of what most types and fields have none or few of

/** The lists of introspection: as long as they are in this schema, on the average of its types. */
export function priceIntrospection(
  schema: GraphQLSchema,
): ReadonlyMap<GraphQLField<unknown, unknown>, FieldCost> {
  const types = Object.values(schema.getTypeMap());
  const rows: Readonly<Record<string, number>> = {
    types: types.length,
    fields: meanOver(types, (type) => (isObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    inputFields: meanOver(types, (type) =>
      isInputObjectType(type) ? Object.keys(type.getFields()).length : 0,
    ),
    enumValues: meanOver(types, (type) => (isEnumType(type) ? type.getValues().length : 0)),
    directives: schema.getDirectives().length,
  };
  return new Map(
    introspectionTypes.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).map((field) => [field, { rows: rows[field.name] ?? FEW }] as const)
        : [],
    ),
  );
}

function meanOver(types: readonly GraphQLNamedType[], count: (type: GraphQLNamedType) => number): number {
  return Math.max(1, types.reduce((sum, type) => sum + count(type), 0) / types.length);
}
