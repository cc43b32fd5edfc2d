import type { IncomingMessage } from "node:http";
import {
  type BaseContext,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
  HeaderMap,
  type HTTPGraphQLResponse,
} from "@apollo/server";
import type { ExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import { COERCED, type Ran, TOLD, type ToldOfRequest } from "../compiled/compiledExecution.ts";
import type { Compiler } from "../compiled/createCompiler.ts";
import { isObject } from "../isObject.ts";
import type { JoinedPart } from "../joinParts.ts";
import { COST_HEADER } from "../limits/limitRequests.ts";

const MOST = 1_000;
const MOST_CHARACTERS = 8 * 1_048_576;
const HASH = /^[0-9a-f]{64}$/;
const NAME = /^[_A-Za-z]\w*$/; // no line of its own, which could be taken for the document's

/** A POST whose answer depends on nothing but this, its variables and who sends it. */
export interface Asked {
  readonly name: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Known extends Ran {
  /** Of its answers. */
  readonly headers: HeaderMap;
}

type Repeatable = { [COERCED]?: boolean; readonly [TOLD]?: ToldOfRequest };

export interface Repeater<Context> {
  /** How many requests were answered so, and how many others it knew and had to leave to Apollo. */
  readonly counts: { readonly hits: number; readonly misses: number };
  /** Reads what is asked for; null where Apollo is always to answer it. */
  read(request: IncomingMessage, body: unknown): Asked | null;
  /** What is known of it, where it was answered before, so that it is worth an attempt. */
  find(asked: Asked): Known | null;
  /** Answers it as Apollo did before; null for all but plain success: Apollo will say what is wrong. */
  answer(known: Known, asked: Asked, context: Context & Repeatable): Promise<HTTPGraphQLResponse | null>;
  /** Takes note of how Apollo has answered it. */
  learn(asked: Asked, ran: Ran, answered: HTTPGraphQLResponse): void;
}

/**
 * Makes what answers a query again with other variables, or for somebody else: the part of Apollo's way that depends on the
 * document and the headers alone (parsing, validating, what type the answer is of) was gone once, and the steps of the
 * server's own parts are gone each time, in their order.
 */
export function repeatQueries<Context extends object>(
  begin: JoinedPart<Context>,
  compiler: Pick<Compiler, "find">,
): Repeater<Context> {
  const known = new LRUCache<string, Known>({
    max: MOST,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, name) => name.length,
  });
  const counts = { hits: 0, misses: 0 };

  async function answer(
    found: Known,
    asked: Asked,
    context: Context & Repeatable,
  ): Promise<HTTPGraphQLResponse | null> {
    const compiled = compiler.find(found.document, found.operation);
    if (!compiled) return null;
    const { headers } = found;
    const request = requestOf(asked, found, context);
    const steps = begin(request);
    steps.didResolveOperation(request);
    if (!context[COERCED]) return null;
    const { data, errors } = await compiled(context, asked.variables);
    if (errors) {
      if (context[TOLD]) context[TOLD].failed = true;
      return null;
    }
    steps.willSendResponse(Object.assign(request, { response: responseOf(data, headers) }));
    return {
      status: undefined,
      headers,
      body: { kind: "complete", string: `${JSON.stringify({ data })}\n` },
    };
  }

  return {
    counts,
    read: readAsked,
    find: ({ name }) => known.get(name) ?? null,
    async answer(found, asked, context) {
      const answered = await answer(found, asked, context).catch(() => null);
      counts[answered ? "hits" : "misses"]++;
      return answered;
    },
    learn({ name }, ran, { status, headers, body }) {
      if ((status ?? 200) !== 200 || body.kind !== "complete") return;
      const lasting = new HeaderMap(headers);
      lasting.delete("content-length");
      known.set(name, { ...ran, headers: lasting });
    },
  };
}

/** What Apollo hands to its plugins, as far as the server's parts look at it. */
function requestOf<Context extends BaseContext>(
  { operationName, variables }: Asked,
  { document, operation }: Ran,
  contextValue: Context,
) {
  return {
    ...{ request: { operationName, variables }, document, operation, contextValue },
    operationName: operation.name?.value ?? null,
  } as unknown as GraphQLRequestContextDidResolveOperation<Context> &
    GraphQLRequestContextWillSendResponse<Context>;
}

function responseOf(data: ExecutionResult["data"], headers: HeaderMap) {
  return { http: { status: undefined, headers }, body: { kind: "single", singleResult: { data } } };
}

function readAsked({ method, headers }: IncomingMessage, body: unknown): Asked | null {
  if (method !== "POST" || headers[COST_HEADER] !== undefined || !isObject(body)) return null;
  const { variables, operationName } = body;
  const document = nameDocument(body);
  if (document === null || (variables != null && !isObject(variables))) return null;
  if (operationName != null && !(typeof operationName === "string" && NAME.test(operationName))) return null;
  // What type the answer is of, and whether a page of any origin may have sent this, is told by these headers.
  const name = `${headers.accept ?? ""}\n${headers["content-type"] ?? ""}\n${operationName ?? ""}\n${document}`;
  return { name, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** A name for the document, by its text or by its hash alone; null where more is asked for than to run it. */
function nameDocument({ query, extensions }: Readonly<Record<string, unknown>>): string | null {
  if (extensions != null && !isObject(extensions)) return null;
  const { persistedQuery, cost } = extensions ?? {};
  if (cost !== undefined) return null;
  if (persistedQuery === undefined) return typeof query === "string" && query !== "" ? `text ${query}` : null;
  if (query !== undefined || !isObject(persistedQuery)) return null; // Apollo compares the hash with the text
  const { version, sha256Hash } = persistedQuery;
  return version === 1 && typeof sha256Hash === "string" && HASH.test(sha256Hash)
    ? `hash ${sha256Hash}`
    : null;
}
