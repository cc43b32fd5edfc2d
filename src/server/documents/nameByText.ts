import { randomUUID } from "node:crypto";
import type { ApolloServerOptionsWithSchema } from "@apollo/server";
import { LRUCache } from "lru-cache";

const MOST_BYTES = 30 * 1_048_576; // as Apollo's own

type Cache = Extract<
  ApolloServerOptionsWithSchema<object>["persistedQueries"],
  { readonly cache?: unknown }
>["cache"];

/** Documents that were sent once and are then named by their hash, and all others, whose name is their text. */
export interface NamedDocuments {
  /** Apollo's store of the documents that clients have named. */
  readonly cache: NonNullable<Cache>;
  /** Names the document of a request, so that Apollo does not hash it each time; whatever else is left as it is. */
  name(body: unknown): unknown;
}

/** Makes the names; they begin with what no client can know, and are no secret of anybody's: they are the text that he sent. */
export function nameByText(): NamedDocuments {
  const named = new LRUCache<string, string>({
    maxSize: MOST_BYTES,
    sizeCalculation: (text, key) => text.length + key.length,
  });
  const mark = `${randomUUID()}:`;
  return {
    cache: {
      async get(key) {
        const start = key.indexOf(mark);
        return start < 0 ? named.get(key) : key.slice(start + mark.length);
      },
      set: async (key, text) => void named.set(key, text),
      delete: async (key) => named.delete(key),
    },
    name(body) {
      if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
      const { query, extensions, ...rest } = body as {
        readonly query?: unknown;
        readonly extensions?: unknown;
      };
      if (typeof query !== "string" || query === "" || !isPlain(extensions)) return body;
      const persistedQuery = { version: 1, sha256Hash: mark + query };
      return { ...rest, extensions: { ...extensions, persistedQuery } };
    },
  };
}

/** Whether extensions are none, or an object that names no document. */
function isPlain(extensions: unknown): extensions is object | null | undefined {
  if (extensions === undefined || extensions === null) return true;
  return typeof extensions === "object" && !Array.isArray(extensions) && !("persistedQuery" in extensions);
}
