import type { IncomingMessage } from "node:http";
import type { HTTPGraphQLResponse } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Viewer } from "../../context.ts";
import type { Part, Steps } from "../joinParts.ts";
import { COST_HEADER } from "../limits/limitRequests.ts";
import type { RequestRecord } from "../observe/RequestRecord.ts";
import { makeIsLasting } from "./isLasting.ts";

/** Where the context of a request keeps its draft; Apollo copies contexts, so the key is a property. */
export const DRAFT = Symbol("draft");

/** Headers that an answer may depend on, beside who sends them: `authorization` says that, and is looked up each time. */
const READ = ["accept", "accept-language", "content-type", "authorization"] as const;
/** Besides, those without which a GET is refused, because a page of any origin could make a browser send it. */
const READ_OF_GET = [...READ, "apollo-require-preflight", "x-apollo-operation-name"] as const;
const PER_ANSWER = 500; // bytes beside the texts

/** An answer that is being made, and may be kept. */
export class Draft {
  /** Whether it may be kept, as far as is known. */
  lasts = false;
  /** What has to be true for it to hold, besides the graph being as it was. */
  readonly tests: (() => boolean)[] = [];

  constructor(
    readonly request: string,
    readonly viewer: Viewer,
    /** What the graph was when it was begun. */
    readonly version: string,
  ) {}

  holdsWhile(test: (() => boolean) | null): void {
    if (test) this.tests.push(test);
    else this.lasts = false;
  }
}

/** An answer as it was sent, while the graph is as it was. */
export interface Kept {
  readonly viewer: Viewer;
  readonly version: string;
  readonly tests: Draft["tests"];
  readonly answer: HTTPGraphQLResponse;
  readonly operation: RequestRecord["operation"];
  readonly cost: number;
}

export interface Keeper<Context extends object> {
  /** Notes which answers may be kept. */
  readonly part: Part<Context>;
  readonly counts: { readonly hits: number; readonly misses: number };
  /** Names all of a request that its answer can depend on; null where its answer is never kept. */
  nameRequest(request: IncomingMessage, text: string | undefined): string | null;
  /** Gives the answer that the same viewer's same request had, if it still holds. */
  find(request: string, viewer: Viewer): Kept | null;
  /** Begins an answer; null where memory is not known to be as the database is. */
  begin(request: string, viewer: Viewer): Draft | null;
  /** Keeps an answer, if it may be kept and the graph is still the same. */
  keep(draft: Draft, answer: HTTPGraphQLResponse, record: RequestRecord): void;
}

/**
 * Makes what keeps whole answers, as bytes, until the next commit to the graph. An answer made of fields that are marked
 * as lasting is a function of the request and of the graph's revision, so what is kept is what would be made; one that
 * depends on more, as recommendations do on their user, brings tests of it. `version` names the revision that is known
 * here, null where that may not be the newest; `bytes` is how much is kept.
 */
export function keepAnswers<Context extends object>(
  schema: GraphQLSchema,
  { version, bytes }: { readonly version: () => string | null; readonly bytes: number },
): Keeper<Context> {
  const isLasting = makeIsLasting(schema);
  const kept = new LRUCache<string, Kept>({
    maxSize: bytes,
    sizeCalculation: ({ answer }, request) => PER_ANSWER + 2 * (request.length + lengthOf(answer)),
  });
  const counts = { hits: 0, misses: 0 };
  const steps: Steps<Context> = {
    didResolveOperation({ contextValue, document, operation }) {
      const draft = (contextValue as { [DRAFT]?: Draft | null })[DRAFT];
      if (draft) draft.lasts = operation !== undefined && isLasting(document, operation);
    },
    willSendResponse({ contextValue, response: { body } }) {
      const draft = (contextValue as { [DRAFT]?: Draft | null })[DRAFT];
      if (!draft || body.kind !== "single") return;
      const { errors, extensions } = body.singleResult;
      if (errors || extensions) draft.lasts = false; // extensions tell of this request
    },
  };
  return {
    counts,
    part: () => steps,
    nameRequest({ method, url, headers }, text) {
      const asked = method === "GET" ? url : method === "POST" ? text : undefined;
      if (asked === undefined || headers[COST_HEADER] !== undefined) return null;
      let named = "";
      for (const name of method === "GET" ? READ_OF_GET : READ) named += `${headers[name] ?? ""}\n`;
      return named + asked;
    },
    find(request, viewer) {
      const found = kept.get(request);
      const holds =
        found &&
        found.viewer === viewer &&
        found.version === version() &&
        found.tests.every((test) => test());
      counts[holds ? "hits" : "misses"]++;
      return holds ? found : null;
    },
    begin(request, viewer) {
      const now = version();
      return now === null ? null : new Draft(request, viewer, now);
    },
    keep({ request, viewer, version: before, lasts, tests }, answer, { operation, cost }) {
      if (!lasts || answer.body.kind !== "complete" || version() !== before) return;
      kept.set(request, { viewer, version: before, tests, answer, operation, cost });
    },
  };
}

function lengthOf({ body }: HTTPGraphQLResponse): number {
  return body.kind === "complete" ? body.string.length : 0;
}
