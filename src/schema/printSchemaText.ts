import { lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "./buildSchema.ts";

const HEADER = "# Printed from the code by `npm run schema`; do not edit.\n\n";

/** Prints the schema as SDL, sorted, so that it changes only where the API does. */
export async function printSchemaText(): Promise<string> {
  return `${HEADER}${printSchema(lexicographicSortSchema(await buildSchema()))}\n`;
}
