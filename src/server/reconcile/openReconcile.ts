import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../../errors.ts";
import type { Reconciler } from "../../reader/reconcile/types.ts";
import { refusalOf } from "../refusalOf.ts";
import { HttpError, sendText } from "../reply.ts";
import { addressOf } from "./addressOf.ts";
import { makeManifest } from "./makeManifest.ts";
import { PAGES } from "./pages.ts";
import { readForm } from "./readForm.ts";
import { wrong } from "./readJson.ts";

const QUESTIONS = ["queries", "extend"]; // without one, /reconcile is asked for its manifest
const HTML = {
  "content-type": "text/html; charset=utf-8",
  // Any page may frame it, as OpenRefine's does; nothing in it runs or is fetched.
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
};

/** What answers under /reconcile. */
export interface Reconcile {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Service {
  readonly reconciler: Reconciler;
  /** Throws where whoever sends this header, or none, may not read the graph. */
  authorize(authorization: string | undefined): Promise<unknown>;
}

/**
 * Opens the Reconciliation Service API 0.2, which OpenRefine speaks, for whoever may read the graph. Everything but the
 * manifest needs what a GraphQL read needs; where that is a key, the manifest says so and tells nothing of the graph.
 *
 * Of what 0.2 leaves open: JSONP is refused, since it would let any page read a graph on its visitor's machine. CORS,
 * which 0.2 demands of every service, is the server's own setting for all its pages and off by default; OpenRefine's
 * server asks for matches and columns without it, its page needs it to add the service and to suggest and preview.
 * There are no flyouts, which the specification advises against: descriptions say the same.
 * @see https://reconciliation-api.github.io/specs/0.2/
 */
export function openReconcile(service: Service): Reconcile {
  return {
    async answer(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const path = pathname.replace(/\/$/, "");
      const answer = PAGES.get(path);
      if (!answer) throw nowhere(path);
      assertMethod(request, response, path === "/reconcile" ? ["GET", "POST"] : ["GET"]);
      if (searchParams.has("callback")) throw wrong("callback is set, but there is no JSONP; expected CORS");
      const isGet = request.method === "GET";
      if (isGet && path === "/reconcile" && !QUESTIONS.some((question) => searchParams.has(question))) {
        return sendText(response, 200, JSON.stringify(await tellService(request, response, service)));
      }
      await assertReader(request, response, service);
      const parameters = isGet ? searchParams : await readForm(request);
      const told = await blaming(() => answer(parameters, service.reconciler));
      if (typeof told === "string") return sendText(response, 200, told, HTML);
      sendText(response, 200, JSON.stringify(told));
    },
  };
}

async function tellService(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
): Promise<object> {
  const { authorization } = request.headers;
  if (authorization !== undefined) await assertReader(request, response, service);
  const isOpen = await mayRead(undefined, service);
  const types = isOpen || authorization !== undefined ? await service.reconciler.types() : null;
  return makeManifest(`${addressOf(request)}/reconcile`, service.reconciler, { types, isOpen });
}

async function mayRead(authorization: string | undefined, { authorize }: Service): Promise<boolean> {
  try {
    await authorize(authorization);
    return true;
  } catch (error) {
    if (refusalOf(error)) return false;
    throw error;
  }
}

async function assertReader(
  request: IncomingMessage,
  response: ServerResponse,
  { authorize }: Service,
): Promise<void> {
  try {
    await authorize(request.headers.authorization);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    response.setHeaders(new Map(refusal.headers));
    throw new HttpError(refusal.status, refusal.code, refusal.message);
  }
}

/** What the graph refuses is the client's mistake. */
async function blaming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_USER_INPUT") throw wrong(error.message);
    throw error;
  }
}

function assertMethod(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
  if (allowed.includes(request.method ?? "")) return;
  response.setHeader("allow", allowed.join(", "));
  const expected = allowed.join(" or ");
  throw new HttpError(405, "BAD_REQUEST", `the method is ${request.method}, expected ${expected}`);
}

function nowhere(path: string): HttpError {
  const expected = [...PAGES.keys()].join(", ");
  return new HttpError(404, "NOT_FOUND", `there is nothing at ${JSON.stringify(path)}; expected ${expected}`);
}
