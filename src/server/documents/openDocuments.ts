import { readFile } from "node:fs/promises";
import type { GraphQLSchema } from "graphql";
import { DomainError } from "../../errors.ts";
import { readManifest } from "./readManifest.ts";
import { type DocumentsMode, type TrustedDocuments, trustDocuments } from "./trustDocuments.ts";

/**
 * Opens the trusted documents that the settings name; null where they name none.
 * @throws {DomainError} CONFIGURATION where the manifest cannot be read, or does not fit the schema
 */
export async function openDocuments(
  { file, mode }: { readonly file: string | null; readonly mode: DocumentsMode },
  schema: GraphQLSchema,
  log: (message: string) => void,
): Promise<TrustedDocuments | null> {
  if (file === null) return null;
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new DomainError(
      "CONFIGURATION",
      `WHYGRAPH_DOCUMENTS: ${error.message}; expected a manifest that can be read`,
    );
  });
  return trustDocuments(readManifest(text, schema), mode, log);
}
