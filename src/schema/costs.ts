import { type GraphQLSchema, isObjectType } from "graphql";

/** What a field costs, in milliseconds of the server as `npm run bench -- cost` measures them. */
export interface FieldCost {
  /** Once for all parents together: a statement, a ranking. */
  readonly once?: number;
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

/**
 * The costs of fields that read, rank or list; all others cost what their kind does. Fitted to measured times:
 * `npm run bench -- cost` prints how well they follow them, and what would fit better.
 */
export const COSTS: { readonly [field: string]: FieldCost } = {
  "Query.entities": { once: 1, row: 0.01 },
};

/** Puts the costs beside what else the schema knows of its fields. @throws {TypeError} for a field that is not there */
export function declareCosts(schema: GraphQLSchema): void {
  for (const [name, cost] of Object.entries(COSTS)) {
    const [typeName, fieldName] = name.split(".");
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new TypeError(`costs are declared of ${name}, which is not in the schema`);
    field.extensions = { ...field.extensions, cost };
  }
}
