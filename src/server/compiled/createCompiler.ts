import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { sizeOfOperation } from "./sizeOfOperation.ts";
import { takesRecursiveInput } from "./takesRecursiveInput.ts";

const USES_BEFORE = 2; // compiling takes as long as some ten executions
const MOST_COMPILED = 500;
const MOST_FIELDS = 400; // of one operation, its fragments written out

/** Runs a query that has been compiled. */
export type Compiled = (
  context: unknown,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

export interface Compiler {
  /** How many operations were executed compiled, and how many not. */
  readonly counts: { readonly hits: number; readonly misses: number };
  /** Gives the compiled form of a query that comes again and again; null for all others. */
  find(document: DocumentNode, operation: OperationDefinitionNode): Compiled | null;
}

/** One operation: how often it came, and what it was compiled to; null where it is too large, or could not be. */
interface Known {
  uses: number;
  compiled?: Compiled | null;
}

/**
 * Makes the compiler of queries (graphql-jit), bounded by their number and their size; the one that was not asked
 * for the longest time goes first. Operations are told apart by identity: Apollo keeps validated documents.
 */
export function createCompiler(
  schema: GraphQLSchema,
  { usesBefore = USES_BEFORE, most = MOST_COMPILED } = {},
): Compiler {
  const known = new Map<OperationDefinitionNode, Known>();
  const counts = { hits: 0, misses: 0 };
  return {
    counts,
    find(document, operation) {
      if (operation.operation !== "query") return null; // what writes must never run twice
      const entry = known.get(operation) ?? { uses: 0 };
      known.delete(operation);
      known.set(operation, entry); // the newest is the last
      if (known.size > most) known.delete(known.keys().next().value!);
      if (entry.compiled === undefined && entry.uses++ >= usesBefore) {
        entry.compiled = compile(schema, document, operation);
      }
      if (entry.compiled) counts.hits++;
      else counts.misses++;
      return entry.compiled ?? null;
    },
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Compiled | null {
  if (sizeOfOperation(document, operation, MOST_FIELDS) > MOST_FIELDS) return null;
  if (takesRecursiveInput(schema, operation)) return null;
  const compiled = compileQuery(schema, document, operation.name?.value, {
    disablingCapturingStackErrors: true, // whatever fails is executed again by graphql-js
  });
  if (!isCompiledQuery(compiled)) return null;
  const { query } = compiled as CompiledQuery;
  const defaults = defaultsOf(operation);
  if (!defaults) return (context, variables) => query(undefined, context, variables);
  return (context, variables) => query(undefined, context, { ...defaults, ...variables });
}

/** Defaults of variables that must not be null, which graphql-jit would miss where they are left out; null for none. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): object | null {
  const needed = variableDefinitions.filter(
    ({ type, defaultValue }) => type.kind === "NonNullType" && defaultValue !== undefined,
  );
  if (needed.length === 0) return null;
  return Object.fromEntries(
    needed.map(({ variable, defaultValue }) => [variable.name.value, valueFromASTUntyped(defaultValue!)]),
  );
}
