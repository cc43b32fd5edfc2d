import { HttpError } from "../reply.ts";

/** What is done with a document that is not trusted: nothing, a line in the log, or a refusal. */
export type DocumentsMode = "off" | "log" | "enforce";

/** What a client sends to have one operation run; all of it as it came. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly extensions?: unknown;
  readonly [name: string]: unknown;
}

export interface TrustedDocuments {
  /**
   * Gives the request with the document that its id stands for. Ids come as `documentId` (GraphQL over HTTP), `doc_id` or
   * `id` (Relay), or `extensions.persistedQuery.sha256Hash` (Apollo).
   * @throws {HttpError} 404 for an id that is not known, 403 for a document that is not trusted where that is enforced
   */
  resolve<Request extends DocumentRequest>(request: Request): Request;
}

const SHOWN = 120;

/** Puts trusted documents to work; `log` is told of each that is not among them, once. */
export function trustDocuments(
  documents: ReadonlyMap<string, string>,
  mode: DocumentsMode,
  log: (message: string) => void,
): TrustedDocuments {
  const texts = new Set(documents.values());
  const told = new Set<string>();
  const tell = (query: string) => {
    if (told.size >= 1_000 || told.has(query)) return;
    told.add(query);
    log(`a document that is not trusted was run: ${shorten(query)}`);
  };
  return {
    resolve(request) {
      const id = idIn(request);
      if (id !== null) {
        const query = documents.get(id) ?? documents.get(id.replace(/^sha256:/, ""));
        if (query !== undefined) return { ...withoutId(request), query };
        // Apollo's client sends the text with the hash, once it was told that the hash alone is not known.
        if (!isApollo(request)) throw unknown(id);
      }
      if (mode === "off" || (typeof request.query === "string" && texts.has(request.query))) return request;
      if (mode === "enforce") throw id === null || request.query != null ? untrusted() : unknownToApollo();
      if (typeof request.query === "string") tell(request.query);
      return request;
    },
  };
}

function idIn({ documentId, doc_id, id, extensions }: DocumentRequest): string | null {
  const persisted = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)
    ?.persistedQuery?.sha256Hash;
  const found = [documentId, doc_id, id, persisted].find((one) => typeof one === "string" && one !== "");
  return (found as string | undefined) ?? null;
}

function isApollo({ documentId, doc_id, id }: DocumentRequest): boolean {
  return [documentId, doc_id, id].every((one) => one === undefined);
}

function withoutId<Request extends DocumentRequest>(request: Request): Request {
  const { documentId: _, doc_id: __, id: ___, extensions, ...rest } = request;
  if (typeof extensions !== "object" || extensions === null) return rest as unknown as Request;
  const { persistedQuery: ____, ...others } = extensions as Record<string, unknown>;
  return { ...rest, extensions: others } as unknown as Request;
}

function unknown(id: string): HttpError {
  return new HttpError(
    404,
    "DOCUMENT_NOT_FOUND",
    `no trusted document has the id "${shorten(id)}"; expected one of the manifest that the server was started with`,
  );
}

/** In the words that Apollo's client knows. */
function unknownToApollo(): HttpError {
  return new HttpError(404, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
}

function untrusted(): HttpError {
  return new HttpError(
    403,
    "DOCUMENT_NOT_TRUSTED",
    "the document is not among the trusted ones; expected the text or the id of one of the manifest that the server was started with",
  );
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
