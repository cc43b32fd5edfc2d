import { type DocumentNode, type GraphQLError, parse } from "graphql";
import { LRUCache } from "lru-cache";
import type { Limits } from "../../limits.ts";
import { checkDocument } from "./checkDocument.ts";

const MOST_BYTES = 32 * 1_048_576;
const BYTES_PER_SIGN = 30; // of a parsed document, by the length of its text
const MOST_VERDICTS = 5_000;
const MOST_NAME_BYTES = 8 * 1_048_576; // of the names under which they are kept

/** Takes the place of a refused document on its way through Apollo, which cannot be stopped before it validates. */
const NOTHING: DocumentNode = parse("{ __typename }");

/** Documents that were looked at before, by the name that Apollo knows them under: a hash, or their text. */
export interface GuardedDocuments {
  /** Looks at a document, unless it did so before; gives why it is refused, or null. */
  check(name: string, source: string): GraphQLError | null;
  /** Apollo's store of validated documents, bounded by bytes. */
  readonly store: {
    get(key: string): Promise<DocumentNode | undefined>;
    set(key: string, document: DocumentNode): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
}

/** Makes the guard before parsing and validating; each document is looked at once, not once per request. */
export function guardDocuments(limits: Limits): GuardedDocuments {
  const verdicts = new LRUCache<string, { readonly refusal: GraphQLError | null }>({
    max: MOST_VERDICTS,
    maxSize: MOST_NAME_BYTES,
    sizeCalculation: (_, name) => name.length,
  });
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ loc }, key) => 1_000 + key.length + BYTES_PER_SIGN * (loc?.source.body.length ?? 0),
  });
  // Before the name stands the schema's.
  const isRefused = (key: string) => verdicts.get(key.slice(key.indexOf(":") + 1))?.refusal != null;
  return {
    check(name, source) {
      let verdict = verdicts.get(name);
      if (!verdict) {
        verdict = { refusal: checkDocument(source, limits) };
        verdicts.set(name, verdict);
      }
      return verdict.refusal;
    },
    store: {
      get: async (key) => (isRefused(key) ? NOTHING : documents.get(key)),
      set: async (key, document) => void documents.set(key, document),
      delete: async (key) => documents.delete(key),
    },
  };
}
