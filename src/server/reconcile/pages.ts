import type { Reconciler } from "../../reader/reconcile/types.ts";
import { HttpError } from "../reply.ts";
import { answerRoot } from "./answerRoot.ts";
import { readWhole, wrong } from "./readJson.ts";
import { renderEntity } from "./renderEntity.ts";
import { tellSuggestions, tellType } from "./tellMatches.ts";

const MOST_PROPOSED = 100;
const MOST_SKIPPED = 10_000;
const PREVIEWED = { properties: 6, values: 4 };
const VIEWED = { properties: 200, values: 50 };

type Answer = (parameters: URLSearchParams, reconciler: Reconciler) => Promise<object | string>;

/** What is asked for at each path; an answer that is a text is an HTML page. */
export const PAGES: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["/reconcile", answerRoot],
  ["/reconcile/suggest/entity", suggestEntities],
  ["/reconcile/suggest/type", suggestTypes],
  ["/reconcile/suggest/property", suggestProperties],
  ["/reconcile/properties", proposeProperties],
  ["/reconcile/preview", (parameters, reconciler) => renderPage(parameters, reconciler, PREVIEWED)],
  ["/reconcile/view", (parameters, reconciler) => renderPage(parameters, reconciler, VIEWED)],
]);

async function suggestEntities(parameters: URLSearchParams, reconciler: Reconciler): Promise<object> {
  return tellSuggestions(await reconciler.suggestEntities(...readPrefix(parameters)));
}

async function suggestTypes(parameters: URLSearchParams, reconciler: Reconciler): Promise<object> {
  const types = await reconciler.suggestTypes(...readPrefix(parameters));
  return {
    result: types.map(({ id, count }) => ({ ...tellType(id), description: `${count} in the graph` })),
  };
}

async function suggestProperties(parameters: URLSearchParams, reconciler: Reconciler): Promise<object> {
  return { result: await reconciler.suggestProperties(...readPrefix(parameters)) };
}

/** OpenRefine sends an empty type for a column that was reconciled with none. */
async function proposeProperties(parameters: URLSearchParams, reconciler: Reconciler): Promise<object> {
  const type = parameters.get("type") ?? "";
  const limit = readWhole("limit", parameters.get("limit") ?? MOST_PROPOSED, {
    ...{ least: 1, most: MOST_PROPOSED },
  });
  const properties = await reconciler.proposeProperties(type, limit);
  return { type, limit, properties: properties.map(({ id, name }) => ({ id, name })) };
}

async function renderPage(
  parameters: URLSearchParams,
  reconciler: Reconciler,
  most: typeof VIEWED,
): Promise<string> {
  const id = parameters.get("id");
  if (!id) throw wrong("id is missing, expected the key of an entity");
  const page = await reconciler.describe(id, most);
  if (!page) throw new HttpError(404, "NOT_FOUND", `no entity has the key ${JSON.stringify(id)}`);
  return renderEntity(page);
}

function readPrefix(parameters: URLSearchParams): [prefix: string, skip: number] {
  const cursor = parameters.get("cursor") ?? 0;
  return [parameters.get("prefix") ?? "", readWhole("cursor", cursor, { least: 0, most: MOST_SKIPPED })];
}
