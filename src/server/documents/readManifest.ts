import { type GraphQLSchema, parse, validate } from "graphql";
import { DomainError } from "../../errors.ts";
import { isObject } from "../isObject.ts";

const EXPECTED =
  'expected {"<id>": "<document>", …} as relay-compiler writes it, or {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}, …]}';

/**
 * Reads a manifest of trusted documents: those that relay-compiler writes, or Apollo's generate-persisted-query-manifest.
 * Each document is checked against the schema, so that a manifest of another version of the gateway is refused when the
 * server starts and not when the first page of the day breaks.
 * @throws {DomainError} CONFIGURATION naming each fault
 */
export function readManifest(text: string, schema: GraphQLSchema): ReadonlyMap<string, string> {
  const documents = new Map(listDocuments(parseJson(text)));
  const faults = [...documents].flatMap(([id, document]) => faultsOf(id, document, schema));
  if (faults.length > 0) {
    throw new DomainError("CONFIGURATION", `the manifest of documents is not usable: ${faults.join("; ")}`);
  }
  return documents;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DomainError(
      "CONFIGURATION",
      `the manifest of documents is not JSON: ${(error as Error).message}; ${EXPECTED}`,
    );
  }
}

function listDocuments(manifest: unknown): [string, string][] {
  const entries = isObject(manifest) ? entriesOf(manifest) : null;
  if (entries === null) {
    throw new DomainError("CONFIGURATION", `the manifest of documents has another form; ${EXPECTED}`);
  }
  return entries.map(([id, document], place) => {
    if (typeof id === "string" && id !== "" && typeof document === "string") return [id, document];
    const fault = `operation ${place + 1} of the manifest has the id ${JSON.stringify(id)} and no text as its document`;
    throw new DomainError("CONFIGURATION", `${fault}; ${EXPECTED}`);
  });
}

function entriesOf(manifest: Record<string, unknown>): (readonly [unknown, unknown])[] | null {
  if (!("format" in manifest)) return Object.entries(manifest);
  const { format, version, operations } = manifest;
  if (format !== "apollo-persisted-query-manifest" || version !== 1 || !Array.isArray(operations))
    return null;
  return operations.map((operation) => [operation?.id, operation?.body]);
}

function faultsOf(id: string, document: string, schema: GraphQLSchema): string[] {
  try {
    return validate(schema, parse(document)).map(({ message }) => `document "${id}": ${message}`);
  } catch (error) {
    return [`document "${id}": ${(error as Error).message}`];
  }
}
