import { HttpError } from "../reply.ts";
import type { TrustedDocuments } from "./trustDocuments.ts";

const NAMES = ["query", "documentId", "doc_id", "id"] as const;

/**
 * The same for a GET: gives the part of the address from its question mark on, with the document that its id stands for.
 * @throws {HttpError} as `resolve` does; 400 where `extensions` is no JSON
 */
export function resolveSearch(search: string, documents: TrustedDocuments): string {
  const parameters = new URLSearchParams(search);
  const named = NAMES.flatMap((name) => {
    const value = parameters.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const asked = { ...Object.fromEntries(named), extensions: parseExtensions(parameters.get("extensions")) };
  const resolved = documents.resolve<Record<string, unknown>>(asked);
  if (resolved === asked) return search;
  for (const name of NAMES) parameters.delete(name);
  parameters.set("query", String(resolved.query));
  if (resolved.extensions) parameters.set("extensions", JSON.stringify(resolved.extensions));
  return `?${parameters}`;
}

function parseExtensions(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "BAD_REQUEST", "the parameter extensions is not JSON; expected a JSON object");
  }
}
